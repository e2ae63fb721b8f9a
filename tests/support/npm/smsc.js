// An operator's centre for one client. Prints its port, who binds and what is handed in; each
// line of input is the deliver_sm to hand to the client.
"use strict";
const { createInterface } = require("node:readline");
const smpp = require("./smpp.min.js");

const HOST = "127.0.0.1";
const tell = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
let client;

const server = smpp.createServer((session) => {
  session.on("bind_transceiver", (bind) => {
    client = session;
    session.send(bind.response({ system_id: "smsc" }));
    tell({ bound: bind.system_id });
  });
  session.on("submit_sm", (submit) => {
    session.send(submit.response({ message_id: String(submit.sequence_number) }));
    tell({
      submitted: {
        service_type: submit.service_type,
        to: submit.destination_addr,
        text: submit.short_message.message,
        operation: submit.ussd_service_op,
        session: submit.its_session_info?.toString("hex"),
      },
    });
  });
  session.on("enquire_link", (enquiry) => session.send(enquiry.response()));
  session.on("unbind", (unbind) => session.send(unbind.response(), () => session.close()));
  // Kannel may be gone before it has taken the last answer.
  session.on("error", (error) => tell({ error: error.code }));
});

server.listen(0, HOST, () => tell({ port: server.address().port }));
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const message = JSON.parse(line);
    client.deliver_sm({ ...message, its_session_info: Buffer.from(message.its_session_info, "hex") });
  })
  .on("close", () => process.exit());
