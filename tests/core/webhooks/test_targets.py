"""Which addresses an endpoint may have: public https, or what the operator trusts by name."""

import pytest

from core.refusal import Refusal
from core.webhooks import targets
from core.webhooks.refusals import WebhookRefusal

TRUSTED = frozenset({"127.0.0.1:8001", "erp.lan:80", "[::1]:9000"})


def code(url: str) -> WebhookRefusal | None:
    refused = targets.refusal(url, trusted=TRUSTED)
    if refused is None:
        return None
    assert refused == Refusal(refused.code, ("url",))
    assert isinstance(refused.code, WebhookRefusal)
    return refused.code


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example/hooks",
        "https://shop.example:443/hooks?shop=1",
        "https://shop.example:8443/",
        "https://münchen.example/",
        "https://93.184.216.34/",
        "https://[2606:2800:220:1::1]/",
        "http://127.0.0.1:8001/hook",
        "http://erp.lan/hook",
        "http://[::1]:9000/",
    ],
)
def test_public_https_and_what_is_trusted_may_be_sent_to(url: str) -> None:
    assert code(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://10.1.2.3/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://[::1]/",
        "https://[::]/",
        "https://[fe80::1]/",
        "https://[fc00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://localhost/",
        "https://hook.localhost/",
    ],
)
def test_private_addresses_are_refused_at_once(url: str) -> None:
    assert code(url) is WebhookRefusal.PRIVATE_TARGET


@pytest.mark.parametrize(
    "url",
    [
        "",
        "not an address",
        "https://",
        "https:///hook",
        "ftp://shop.example/",
        "file:///etc/passwd",
        "gopher://shop.example/",
        "javascript:alert(1)",
        "//shop.example/",
        "https://user:secret@shop.example/",
        "https://user@shop.example/",
        "https://shop.example/#fragment",
        "https://shop.example\\@evil.example/",
        "https://shop.example/a b",
        "https://shop.example/\r\nX-Injected: 1",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://0177.0.0.1/",
        "https://shop.example:99999/",
        "https://shop.example/" + "a" * 2_000,
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    assert code(url) is WebhookRefusal.INVALID_TARGET


@pytest.mark.parametrize("url", ["http://shop.example/", "http://127.0.0.1:8002/", "http://erp.lan:8080/"])
def test_plain_http_is_for_trusted_hosts_and_their_port_alone(url: str) -> None:
    assert code(url) is WebhookRefusal.HTTPS_REQUIRED


@pytest.mark.parametrize("port", [22, 25, 80, 445, 1023])
def test_ports_of_system_services_are_refused(port: int) -> None:
    assert code(f"https://shop.example:{port}/") is WebhookRefusal.PORT_NOT_ALLOWED
