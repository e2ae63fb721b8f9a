// Each line of input is one request of a provider: `{provider, request, screen}`. Prints what
// ussd-builder reads out of it, and the replies that go on and end with this screen.
"use strict";
const { createInterface } = require("node:readline");
const UssdMenu = require("./ussd-builder.min.js");

async function answer({ provider, request, screen }) {
  const replies = {};
  const menu = new UssdMenu({ provider });
  menu.on("error", (error) => {
    throw error;
  });
  for (const how of ["con", "end"]) {
    menu.sessionConfig({
      start: async () => {},
      get: async () => "",
      set: async () => {},
      end: async () => {},
    });
    menu.startState({ run: () => menu[how](screen) });
    replies[how] = await menu.run({ ...request });
  }
  const { phoneNumber, sessionId, text } = menu.args;
  return { number: phoneNumber, session: sessionId, text, ...replies };
}

(async () => {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
  }
})();
