// Asks CertGuide: `ask({ server, body, onPiece })` gives a promise of the answer object. Reads /api/stream chunk by chunk (base library
// 2.20.2 and later); where chunks do not come or the stream breaks, the whole answer is asked of /api/ask once.

// UTF-8 in chunks that may end within a character; mini programs on iOS have no TextDecoder.
function decoder() {
  let rest = [];
  return (buffer) => {
    const bytes = rest.concat(Array.from(new Uint8Array(buffer)));
    let end = bytes.length, back = 1;
    while (back <= 3 && back <= end && (bytes[end - back] & 0xc0) === 0x80) back += 1;
    const lead = bytes[end - back];
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
    if (lead >= 0xc0 && length > back) end -= back;
    rest = bytes.slice(end);
    return decodeURIComponent(bytes.slice(0, end).map((byte) => "%" + (byte + 256).toString(16).slice(1)).join(""));
  };
}

// Server-sent events as they come: `event: name`, `data: JSON`, an empty line.
function reader(take) {
  let rest = "";
  return (text) => {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const [name, data] = block.split("\n");
      take(name.slice(7), JSON.parse(data.slice(6)));
    }
  };
}

function failure(status, message) {
  return Object.assign(new Error(message || "网络没有连上，请稍后再问一次。"), { status });
}

function request(options) {
  return new Promise((resolve, reject) => {
    const task = wx.request({
      method: "POST",
      header: { "content-type": "application/json" },
      timeout: 60000,
      ...options,
      success: (response) => resolve(response),
      fail: () => reject(failure(0)),
    });
    if (options.onTask) options.onTask(task);
  });
}

function whole({ server, body }) {
  return request({ url: `${server}/api/ask`, data: body }).then(({ statusCode, data }) => {
    if (statusCode !== 200) throw failure(statusCode, data && data.message);
    return data;
  });
}

function streamed({ server, body, onPiece }) {
  let answer = null, failed = null, refused = null;  // `refused`: no events come but an error, {"error", "message"}
  const decode = decoder();
  const read = reader((name, data) => {
    if (name === "piece") onPiece(data.text);
    if (name === "answer") answer = data;
    if (name === "error") failed = failure(500, data.message);
  });
  const onTask = (task) => task.onChunkReceived(({ data }) => {
    const text = decode(data);
    if (refused === null) refused = text[0] === "{" ? "" : false;
    if (refused === false) read(text);
    else refused += text;
  });
  return request({ url: `${server}/api/stream`, data: body, enableChunked: true, responseType: "text", onTask }).then(({ statusCode, data }) => {
    if (statusCode !== 200) throw failure(statusCode, message(refused || data));
    if (failed) throw failed;
    if (!answer) throw failure(0);
    return answer;
  });
}

function message(told) {
  try {
    return (typeof told === "string" ? JSON.parse(told) : told).message;
  } catch (broken) {
    return "";
  }
}

function ask(options) {
  if (!wx.canIUse("request.object.enableChunked")) return whole(options);
  return streamed(options).catch((error) => {
    if (error.status) throw error;
    return whole(options);
  });
}

module.exports = { ask, decoder, reader };
