// What every client's script is told of the shop, and the operations that it sends. Talking to the API is the client's.
import { readFileSync } from "node:fs";

const told = (name) => {
  const value = process.env[`FIDELIO_${name}`];
  if (!value) throw new Error(`FIDELIO_${name} is not set`);
  return value;
};

export const url = `${told("URL")}/graphql`;
export const socketUrl = url.replace(/^http/, "ws");
export const product = told("PRODUCT");

export const asVisitor = { "Fidelio-Storefront-Key": told("STOREFRONT_KEY") };
export const asCustomer = { ...asVisitor, Authorization: `Bearer ${told("CUSTOMER_TOKEN")}` };
export const asStaff = { Authorization: `Bearer ${told("STAFF_TOKEN")}` };

/** The text of examples/operations/<name>.graphql. */
export const operation = (name) =>
  readFileSync(new URL(`./operations/${name}.graphql`, import.meta.url), "utf8");

/** Says that a step was done; the test compares the steps with those it expects. */
export const done = (step) => console.log(step);
