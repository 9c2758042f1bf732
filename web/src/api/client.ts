// Speaks HTTP with the API: cookie session, CSRF token, idempotency keys, one kind of error.

export class ApiError extends Error {
  readonly status: number;
  /** The server's code (`not_found`, …), or `offline` when no answer came at all. */
  readonly code: string;
  readonly retryable: boolean;

  constructor(status: number, code: string, detail: string, retryable: boolean) {
    super(detail);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.retryable = retryable;
  }
}

interface ErrorBody {
  error?: { code?: string; detail?: string; retryable?: boolean };
}

let csrfToken = "";
let signedOut: () => void = () => undefined;

export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** What to do when the server no longer knows the session. */
export function onSignedOut(action: () => void): void {
  signedOut = action;
}

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

interface Options {
  idempotencyKey?: string;
  /** Raw body (a form); otherwise `body` is sent as JSON. */
  form?: FormData;
}

export async function request<T>(
  method: Method,
  path: string,
  body?: unknown,
  options: Options = {},
): Promise<T> {
  const response = await send(method, path, body, options);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return (isJson && text !== "" ? JSON.parse(text) : text) as T;
}

/** A file that the server makes of what is asked. */
export async function requestFile(path: string, body: unknown): Promise<Blob> {
  return (await send("POST", path, body, {})).blob();
}

async function send(
  method: Method,
  path: string,
  body: unknown,
  options: Options,
): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRF-Token"] = csrfToken;
  if (method === "POST") headers["Idempotency-Key"] = options.idempotencyKey ?? newId();
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (options.form !== undefined) init.body = options.form;
  else if (body !== undefined) init.body = JSON.stringify(body);
  let response: Response;
  try {
    response = await fetch(`/api${path}`, init);
  } catch {
    throw new ApiError(0, "offline", "", true);
  }
  if (!response.ok) throw await errorOf(response, path);
  return response;
}

async function errorOf(response: Response, path: string): Promise<ApiError> {
  const body = await response
    .json()
    .then((value: unknown) => value as ErrorBody)
    .catch((): ErrorBody => ({}));
  if (response.status === 401 && !path.startsWith("/session")) signedOut();
  const { code, detail, retryable } = body.error ?? {};
  return new ApiError(
    response.status,
    code ?? `http_${String(response.status)}`,
    detail ?? response.statusText,
    retryable ?? response.status >= 500,
  );
}

export function get<T>(path: string): Promise<T> {
  return request<T>("GET", path);
}

/** `?a=1&b=2` of what is set, or nothing. */
export function queryOf(values: Record<string, string | number | null | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}
