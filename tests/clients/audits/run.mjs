// Asks the 61 audits of graphql-http, and prints how many ended how: "61 ok".
import { serverAudits } from "graphql-http";
import { asVisitor, url } from "../shop.mjs";

const withKey = (address, init) => fetch(address, { ...init, headers: { ...init?.headers, ...asVisitor } });

const counts = {};
for (const audit of serverAudits({ url, fetchFn: withKey })) {
  const { status, reason } = await audit.fn();
  counts[status] = (counts[status] ?? 0) + 1;
  if (status !== "ok") console.error(`${status} ${audit.id} ${audit.name}: ${reason}`);
}
console.log(Object.entries(counts).map(([status, count]) => `${count} ${status}`).join(", "));
