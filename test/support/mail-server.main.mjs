import { SMTPServer } from 'smtp-server';

// An SMTP server in a process of its own: says on standard output, a JSON line each, where it listens and what it took.
// Whoever begins with `bounce` has no mailbox here; the domain `slow.example` is asked to come again.
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const refuse = (code, text) => Object.assign(new Error(text), { responseCode: code });

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo({ address }, _session, callback) {
    if (address.startsWith('bounce')) callback(refuse(550, `no such mailbox <${address}>`));
    else if (address.endsWith('@slow.example')) callback(refuse(451, 'later'));
    else callback();
  },
  onData(stream, { envelope }, callback) {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      say({
        from: envelope.mailFrom && envelope.mailFrom.address,
        to: envelope.rcptTo.map(({ address }) => address),
        raw: Buffer.concat(chunks).toString('latin1'),
      });
      callback(null, 'taken');
    });
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => say({ port: server.server.address().port }));
process.on('disconnect', () => process.exit(0));
