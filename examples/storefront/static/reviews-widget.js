// The integration that `fidelio seo check` warns of: reviews that exist only after this script has run.
"use strict";

(function () {
  const place = document.querySelector("[data-reviews]");
  if (!place) return;
  const { api, key, handle, query, locale, stars, anonymous, failed } = place.dataset;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long" });

  function element(name, text, attributes) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [attribute, value] of Object.entries(attributes || {})) made.setAttribute(attribute, value);
    return made;
  }

  function review(node) {
    const article = element("article", "", { class: "review" });
    const head = element("header", "", { class: "review__head" });
    const drawn = element("span", "", { class: "stars", role: "img", "aria-label": stars.replace("{mean}", node.rating) });
    drawn.style.setProperty("--tenths", String(node.rating * 10));
    const by = element("p", "", { class: "review__by" });
    by.append(element("bdi", node.author.displayName || anonymous, { class: "review__author" }));
    if (node.publishedAt) by.append(element("time", day.format(new Date(node.publishedAt)), { datetime: node.publishedAt }));
    head.append(drawn, by);
    article.append(head);
    if (node.title) article.append(element("h3", node.title, { lang: node.locale, dir: "auto" }));
    if (node.body) article.append(element("p", node.body, { class: "review__body", lang: node.locale, dir: "auto" }));
    return article;
  }

  fetch(api, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Fidelio-Storefront-Key": key },
    body: JSON.stringify({ query, variables: { handle } }),
  })
    .then((response) => response.json())
    .then((answer) => place.replaceChildren(...answer.data.product.reviews.nodes.map(review)))
    .catch(() => place.replaceChildren(element("p", failed, { role: "alert" })));
})();
