// A question on its way: sent as the form would send it, answered by server-sent events.

const PATIENCE = 45_000; // ms without a sign of life; the server gives one every 15 s

/** Why no answer came: `kind` is offline, slow, busy, unsigned, told (by the server) or field (the question is to be put right). */
export class Failure extends Error {
  constructor(kind, details = {}) {
    super(kind);
    this.kind = kind;
    Object.assign(this, details);
  }
}

/** Send `fields`; resolves to the event `answer`, rejects with a Failure, or an AbortError when `controller` is used. */
export async function ask(fields, sign, controller, onStep) {
  let slow = false;
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { slow = true; controller.abort(); }, PATIENCE);
  };
  wait();
  try {
    const response = await fetch("/ask", {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Accept: "text/event-stream", "X-Sign": sign },
      signal: controller.signal,
    });
    if (!response.ok || !response.headers.get("Content-Type")?.startsWith("text/event-stream")) throw await refused(response);
    for await (const [name, data] of events(response.body, wait)) {
      if (name === "step") onStep(data.label);
      if (name === "answer") return data;
      if (name === "error") throw new Failure(data.field ? "field" : "told", { message: message(data), html: data.html });
    }
    throw new Failure("offline");
  } catch (error) {
    if (slow) throw new Failure("slow");
    if (error instanceof Failure || error.name === "AbortError") throw error;
    throw new Failure("offline");
  } finally {
    clearTimeout(timer);
  }
}

async function refused(response) {
  const seconds = response.headers.get("Retry-After");
  if (seconds) return new Failure("busy", { seconds });
  if (response.status === 403) return new Failure("unsigned");
  try {
    return new Failure("told", { message: message(await response.json()) });
  } catch {
    return new Failure("offline");
  }
}

function message(data) {
  return document.documentElement.lang === "ja" ? data.error.message : data.error.message_en;
}

async function* events(body, sign) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    sign();
    rest += decoder.decode(value, { stream: true });
    const blocks = rest.split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const name = block.match(/^event: (.*)$/m)?.[1];
      const data = block.match(/^data: (.*)$/m)?.[1];
      if (name && data) yield [name, JSON.parse(data)];
    }
  }
}
