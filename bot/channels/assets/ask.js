// Asks a question: pieces of the answer as they come where the browser can read a stream, else the whole answer at once. Written for
// old phones: no syntax newer than ES5. `certguideAsk(options)` gives a promise of the answer; it fails with an error whose `message`
// is for the user (empty: nobody could be reached) and whose `status` is the server's, 0 if there was none.
//   options: { stream, ask: addresses, headers, body, onPiece(text) }
var certguideAsk = (function () {
  "use strict";

  function failure(status, message) {
    var error = new Error(message || "");
    error.status = status;
    return error;
  }

  function post(address, options) {
    var headers = { "Content-Type": "application/json" };
    for (var name in options.headers || {}) headers[name] = options.headers[name];
    return fetch(address, { method: "POST", headers: headers, body: JSON.stringify(options.body) }).then(
      function (response) {
        if (response.ok) return response;
        return response.json().then(
          function (told) { throw failure(response.status, told.message); },
          function () { throw failure(response.status, ""); });
      },
      function () { throw failure(0, ""); });
  }

  // Takes text as it comes and reads the events in it: `event: name`, `data: JSON`, an empty line.
  function events(onPiece) {
    var rest = "", heard = { answer: null, error: null };
    heard.feed = function (text) {
      var blocks = (rest + text).split("\n\n");
      rest = blocks.pop();
      blocks.forEach(function (block) {
        var lines = block.split("\n"), name = lines[0].slice(7), data = JSON.parse(lines[1].slice(6));
        if (name === "piece") onPiece(data.text);
        if (name === "answer") heard.answer = data;
        if (name === "error") heard.error = failure(500, data.message);
      });
    };
    return heard;
  }

  function streamed(options) {
    return post(options.stream, options).then(function (response) {
      var reader = response.body.getReader(), decoder = new TextDecoder("utf-8"), heard = events(options.onPiece);
      function next(part) {
        if (heard.error) throw heard.error;
        if (heard.answer) return heard.answer;
        if (part && part.done) throw failure(0, "");
        return reader.read().then(
          function (more) {
            if (more.value) heard.feed(decoder.decode(more.value, { stream: true }));
            return next(more);
          },
          function () { throw failure(0, ""); });
      }
      return next();
    });
  }

  function whole(options) {
    return post(options.ask, options).then(function (response) { return response.json(); });
  }

  var canStream = typeof TextDecoder === "function" && typeof ReadableStream === "function" &&
    typeof Response === "function" && "body" in Response.prototype;

  return function (options) {
    if (!canStream) return whole(options);
    return streamed(options)["catch"](function (error) {
      if (error.status) throw error;
      return whole(options);  // a proxy on the way may cut streams: once more, in one piece
    });
  };
})();
