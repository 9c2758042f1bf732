import type { Attachment, Config, EarlierContact, Opened, Opening } from "./protocol";
import { RefusedError } from "./protocol";

const REQUEST_TIMEOUT_MS = 20_000;

/** The public API of one widget. Network failures are `RefusedError`s with status 0. */
export class Client {
  readonly #base: string;

  /** `host` is the origin that the script came from. */
  constructor(host: string, widgetId: string) {
    this.#base = `${host}/api/webchat/${encodeURIComponent(widgetId)}`;
  }

  fetchConfig(): Promise<Config> {
    return this.#request<Config>("/config");
  }

  openContact(opening: Opening, visitorToken: string | null): Promise<Opened> {
    return this.#request<Opened>("/contacts", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...opening, ...(visitorToken && { visitor_token: visitorToken }) }),
    });
  }

  async fetchHistory(visitorToken: string): Promise<EarlierContact[]> {
    const query = new URLSearchParams({ visitor_token: visitorToken });
    return (await this.#request<{ contacts: EarlierContact[] }>(`/history?${query}`)).contacts;
  }

  /** Uploads a file; `onProgress` is told the share sent, 0 to 1. */
  upload(file: File, token: string, onProgress: (share: number) => void): Promise<Attachment> {
    const form = new FormData();
    form.append("file", file, file.name);
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", this.#withToken("/attachments", token));
      request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / Math.max(1, total));
      request.onerror = () => reject(new RefusedError(0, "", true));
      request.onload = () => {
        if (request.status < 300) resolve(JSON.parse(request.responseText) as Attachment);
        else reject(toRefusal(request.status, request.responseText));
      };
      request.send(form);
    });
  }

  attachmentUrl(blobId: string, token: string): string {
    return this.#withToken(`/attachments/${encodeURIComponent(blobId)}`, token);
  }

  transcriptUrl(token: string): string {
    return this.#withToken("/transcript", token);
  }

  streamUrl(): string {
    return `${this.#base.replace(/^http/u, "ws")}/stream`;
  }

  #withToken(path: string, token: string): string {
    return `${this.#base}${path}?${new URLSearchParams({ token })}`;
  }

  async #request<T>(path: string, init: RequestInit = {}): Promise<T> {
    const response = await this.#send(path, init);
    if (!response.ok) throw toRefusal(response.status, await response.text());
    return (await response.json()) as T;
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(this.#base + path, {
        ...init,
        credentials: "omit",
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
    } catch (failure) {
      throw new RefusedError(0, String(failure), true);
    }
  }
}

function toRefusal(status: number, body: string): RefusedError {
  const retryable = status >= 500 || status === 429;
  try {
    const { error } = JSON.parse(body) as { error: { detail: string; retryable: boolean } };
    return new RefusedError(status, error.detail, error.retryable || retryable);
  } catch {
    return new RefusedError(status, "", retryable);
  }
}
