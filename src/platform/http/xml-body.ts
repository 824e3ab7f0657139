import type { NextFunction, Request, RequestHandler, Response } from 'express';
import express from 'express';

/** Media types under which CAP comes, the registered one first. */
export const XML_TYPES = ['application/cap+xml', 'application/xml', 'text/xml'];

/** The routes that take XML, each with the most bytes that it takes. An import goes on to every console; to judge costs less. */
const XML_ROUTES: Readonly<Record<string, string>> = {
  '/api/v1/cap/validate': '2500kb',
  '/api/v1/alerts/cap': '512kb',
};

/** Whether a request brings XML to a route that takes it: `requireJson` lets it pass. */
export const bringsXml = (request: Request): boolean => request.path in XML_ROUTES && request.is(XML_TYPES) !== false;

const parsers: Readonly<Record<string, RequestHandler>> = Object.fromEntries(
  Object.entries(XML_ROUTES).map(([path, limit]) => [path, express.raw({ type: XML_TYPES, limit })]),
);

/** Reads the bytes of XML as they are: what they say is decided by their own declaration, and a signature holds for them alone. */
export function readXml(request: Request, response: Response, next: NextFunction): void {
  const parser = bringsXml(request) ? parsers[request.path] : undefined;
  if (parser) {
    parser(request, response, next);
  } else {
    next();
  }
}
