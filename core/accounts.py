"""Staff accounts, their sessions and tokens, and service keys. What each may do is core.identity's."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import JSON, BigInteger, delete, update
from sqlmodel import Field, Session, SQLModel, col, select

from core import clock, db, ids
from core.identity import SCOPES, Permission, Role
from core.paging import Page
from core.refusal import Refusal, RefusalCode

SESSION_LIFE = timedelta(hours=12)
_SHORTEST_PASSWORD = 12
_LONGEST_NAME = 120
_LAST_USE_GRAIN = timedelta(minutes=5)
_hasher = PasswordHasher()


class AccountRefusal(RefusalCode):
    """Why an account or a key cannot be made or used."""

    EMAIL_TAKEN = "EMAIL_TAKEN"
    PASSWORD_TOO_SHORT = "PASSWORD_TOO_SHORT"  # noqa: S105 - a code, not a password
    WRONG_CREDENTIALS = "WRONG_CREDENTIALS"
    INVALID_NAME = "INVALID_NAME"
    UNKNOWN_SCOPE = "UNKNOWN_SCOPE"
    KEY_NOT_FOUND = "KEY_NOT_FOUND"
    UNKNOWN_ACCOUNT = "UNKNOWN_ACCOUNT"


class StaffAccount(SQLModel, table=True):
    """A person who works in the console."""

    __tablename__ = "staff_account"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    email: str = Field(unique=True, max_length=320)
    name: str
    role: Role = Field(sa_type=db.closed_set(Role))
    password_hash: str
    locale: str = "en"
    active: bool = True
    created_at: datetime = Field(sa_type=db.Instant)


class StaffCredential(SQLModel, table=True):
    """A console session or an API token of a staff account; only a hash of it is kept."""

    __tablename__ = "staff_credential"

    token_hash: str = Field(primary_key=True)
    staff_id: int = Field(foreign_key="staff_account.id", index=True, sa_type=BigInteger)
    expires_at: datetime = Field(sa_type=db.Instant)
    for_console: bool
    created_at: datetime = Field(sa_type=db.Instant)


class ServiceKey(SQLModel, table=True):
    """A key of the merchant's own systems; shown once, kept as a hash."""

    __tablename__ = "service_key"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    key_hash: str = Field(unique=True)
    name: str
    scopes: list[str] = Field(sa_type=JSON)
    revoked_at: datetime | None = Field(default=None, sa_type=db.Instant)
    expires_at: datetime | None = Field(default=None, sa_type=db.Instant)
    last_used_at: datetime | None = Field(default=None, sa_type=db.Instant)
    created_at: datetime = Field(sa_type=db.Instant)


def create_staff(
    session: Session, *, email: str, name: str, role: Role, password: str, locale: str = "en"
) -> int | Refusal:
    """Open a staff account; e-mails are unique without regard to case. Passwords have 12 characters or more."""
    address = email.strip().lower()
    refused = _short(password)
    if refused is not None:
        return refused
    if session.exec(select(StaffAccount.id).where(StaffAccount.email == address)).first() is not None:
        return Refusal(AccountRefusal.EMAIL_TAKEN, ("email",))
    account = StaffAccount(
        id=ids.new_id(),
        email=address,
        name=name,
        role=role,
        password_hash=_hasher.hash(password),
        locale=locale,
        created_at=clock.now(),
    )
    session.add(account)
    session.flush()
    return account.id


def everyone(session: Session) -> list[StaffAccount]:
    """Every staff account, oldest first, closed ones too; a merchant has a handful. One statement."""
    return list(session.exec(select(StaffAccount).order_by(col(StaffAccount.id))))


def change_role(session: Session, email: str, role: Role) -> int | Refusal:
    """Give the account another role; its sessions and tokens have it from their next request."""
    account = _active(session, email)
    if isinstance(account, Refusal):
        return account
    account.role = role
    return account.id


def change_password(session: Session, email: str, password: str) -> int | Refusal:
    """Give the account another password, and end its sessions and tokens."""
    account = _short(password) or _active(session, email)
    if isinstance(account, Refusal):
        return account
    account.password_hash = _hasher.hash(password)
    end_credentials(session, account.id)
    return account.id


def deactivate(session: Session, email: str) -> int | Refusal:
    """Close the account, and end its sessions and tokens; what it has done keeps its name."""
    account = _active(session, email)
    if isinstance(account, Refusal):
        return account
    account.active = False
    end_credentials(session, account.id)
    return account.id


def sign_out(session: Session, email: str) -> int | Refusal:
    """End every session and token of the account; returns how many there were."""
    account = _active(session, email)
    return account if isinstance(account, Refusal) else end_credentials(session, account.id)


def needs_rehash(account: StaffAccount) -> bool:
    """Whether the password was hashed with other parameters than those of now."""
    return _hasher.check_needs_rehash(account.password_hash)


def keep_hash(session: Session, account: StaffAccount, password_hash: str) -> bool:
    """Replace the hash that this account was read with; False when it was changed meanwhile."""
    unchanged = (col(StaffAccount.id) == account.id) & (col(StaffAccount.password_hash) == account.password_hash)
    return db.changed_rows(session, update(StaffAccount).where(unchanged).values(password_hash=password_hash)) > 0


def hashed_password(password: str) -> str:
    """The hash to keep of a password. Takes some 50 ms and 64 MiB: a door calls it in a thread, a few at once."""
    return _hasher.hash(password)


def authenticate(session: Session, *, email: str, password: str) -> StaffAccount | Refusal:
    """The active account with this e-mail and password; one refusal whichever of the two is wrong."""
    nobody = _nobody()
    # PostgreSQL takes no NUL, not even to compare with
    address = email.strip().lower().replace("\x00", "")
    account = session.exec(select(StaffAccount).where(StaffAccount.email == address)).first()
    known = account is not None and account.active
    try:
        _hasher.verify(account.password_hash if account and known else nobody, password)
    except (VerificationError, InvalidHashError):
        return Refusal(AccountRefusal.WRONG_CREDENTIALS)
    return account if account and known else Refusal(AccountRefusal.WRONG_CREDENTIALS)


def speak(session: Session, staff_id: int, locale: str) -> bool:
    """Keep the language a member of staff has chosen; False when there is no such account."""
    statement = update(StaffAccount).where(col(StaffAccount.id) == staff_id).values(locale=locale)
    return db.changed_rows(session, statement) > 0


def names_of(session: Session, staff_ids: Iterable[int]) -> dict[int, str]:
    """The names of these members of staff, in one statement; closed accounts included."""
    wanted = set(staff_ids)
    rows = session.exec(select(StaffAccount.id, StaffAccount.name).where(col(StaffAccount.id).in_(wanted)))
    return dict(rows.all())


def issue_credential(session: Session, staff_id: int, *, for_console: bool, life: timedelta = SESSION_LIFE) -> str:
    """Draw a session cookie's value or an API token (`st_...`); only this answer ever shows it."""
    token = f"st_{secrets.token_urlsafe(32)}"
    session.add(
        StaffCredential(
            token_hash=_hashed(token),
            staff_id=staff_id,
            expires_at=clock.now() + life,
            for_console=for_console,
            created_at=clock.now(),
        )
    )
    session.flush()
    return token


def issue_token_for(session: Session, email: str, *, life: timedelta) -> str | Refusal:
    """Draw an API token for the active account with this e-mail."""
    account = _active(session, email)
    if isinstance(account, Refusal):
        return account
    return issue_credential(session, account.id, for_console=False, life=life)


def staff_of(session: Session, token: str, *, for_console: bool) -> StaffAccount | None:
    """The active account a live credential belongs to. A console session is no API token, nor the other way round."""
    return session.exec(
        select(StaffAccount)
        .join(StaffCredential, col(StaffCredential.staff_id) == col(StaffAccount.id))
        .where(
            StaffCredential.token_hash == _hashed(token),
            col(StaffCredential.for_console).is_(for_console),
            col(StaffCredential.expires_at) > clock.now(),
            col(StaffAccount.active).is_(True),
        )
    ).first()


def end_credential(session: Session, token: str) -> bool:
    """Sign out: forget the credential."""
    return (
        db.changed_rows(session, delete(StaffCredential).where(col(StaffCredential.token_hash) == _hashed(token))) > 0
    )


def end_credentials(session: Session, staff_id: int) -> int:
    """End every session and token of an account; returns how many there were."""
    return db.changed_rows(session, delete(StaffCredential).where(col(StaffCredential.staff_id) == staff_id))


def create_service_key(
    session: Session, *, name: str, scopes: Iterable[str], life: timedelta | None = None
) -> tuple[ServiceKey, str] | Refusal:
    """Draw a service key (`sk_...`) with these scopes; the text is shown by this answer only.

    Without a `life` it is good until it is revoked.
    """
    wanted = list(dict.fromkeys(scopes))
    if not 0 < len(name.strip()) <= _LONGEST_NAME or not name.isprintable():
        return Refusal(AccountRefusal.INVALID_NAME, ("name",), {"most": _LONGEST_NAME})
    for scope in wanted:
        if scope not in {allowed.value for allowed in SCOPES}:
            known = ", ".join(sorted(SCOPES))
            return Refusal(AccountRefusal.UNKNOWN_SCOPE, ("scopes",), {"scope": scope, "known": known})
    text, now = f"sk_{secrets.token_urlsafe(32)}", clock.now()
    key = ServiceKey(id=ids.new_id(), key_hash=_hashed(text), name=name, scopes=wanted, created_at=now)
    key.expires_at = None if life is None else now + life
    session.add(key)
    session.flush()
    return key, text


def service_key_of(session: Session, text: str) -> ServiceKey | None:
    """The key with this text, unless it is unknown, revoked or past its time."""
    lives = col(ServiceKey.expires_at).is_(None) | (col(ServiceKey.expires_at) > clock.now())
    return session.exec(
        select(ServiceKey).where(ServiceKey.key_hash == _hashed(text), col(ServiceKey.revoked_at).is_(None), lives)
    ).first()


def service_keys_page(session: Session, *, first: int, after: tuple[int] | None = None) -> Page[ServiceKey]:
    """Service keys, newest first, revoked ones too. One statement."""
    statement = select(ServiceKey).order_by(col(ServiceKey.id).desc()).limit(first + 1)
    if after is not None:
        statement = statement.where(col(ServiceKey.id) < after[0])
    rows = list(session.exec(statement))
    return Page.cut(rows, first=first, key=lambda row: (row.id,))


def service_key(session: Session, key_id: int) -> ServiceKey | None:
    """The key of this id, in any state. At most one statement."""
    return session.get(ServiceKey, key_id)


def is_use_noted(key: ServiceKey) -> bool:
    """Whether the key's last use is known closely enough, so that a request need not write."""
    return key.last_used_at is not None and key.last_used_at >= clock.now() - _LAST_USE_GRAIN


def note_use(session: Session, key_id: int) -> bool:
    """Keep when a service key was last used, to within five minutes so that reads rarely write."""
    stale = (col(ServiceKey.last_used_at).is_(None)) | (col(ServiceKey.last_used_at) < clock.now() - _LAST_USE_GRAIN)
    statement = update(ServiceKey).where(col(ServiceKey.id) == key_id, stale).values(last_used_at=clock.now())
    return db.changed_rows(session, statement) > 0


def revoke_service_key(session: Session, key_id: int) -> bool:
    """Refuse the key from now on; False when it is unknown or revoked already."""
    statement = (
        update(ServiceKey)
        .where(col(ServiceKey.id) == key_id, col(ServiceKey.revoked_at).is_(None))
        .values(revoked_at=clock.now())
    )
    return db.changed_rows(session, statement) > 0


def permissions_of(key: ServiceKey) -> frozenset[Permission]:
    """The permissions a key's scopes stand for."""
    return frozenset(Permission(scope) for scope in key.scopes) | {Permission.READ_PUBLIC}


def _short(password: str) -> Refusal | None:
    if len(password) >= _SHORTEST_PASSWORD:
        return None
    return Refusal(AccountRefusal.PASSWORD_TOO_SHORT, ("password",), {"least": _SHORTEST_PASSWORD})


def _active(session: Session, email: str) -> StaffAccount | Refusal:
    account = session.exec(select(StaffAccount).where(StaffAccount.email == email.strip().lower())).first()
    if account is None or not account.active:
        return Refusal(AccountRefusal.UNKNOWN_ACCOUNT, ("email",), {"email": email})
    return account


@lru_cache(maxsize=1)
def _nobody() -> str:
    """Verified against when the e-mail is unknown, so that both answers take as long."""
    return _hasher.hash(secrets.token_urlsafe(16))


def _hashed(token: str) -> str:
    # the tokens hold 256 random bits, so a plain hash is enough to make a leaked table useless
    return hashlib.sha256(token.encode()).hexdigest()
