// Loaded into a service before anything else: its wall clock is as far from the machine's as the file CLOCK_FILE says, in
// milliseconds. Timers keep their pace, as they do when a machine's clock is set.
const { readFileSync } = require('node:fs');

const RealDate = Date;
let offset = 0;

setInterval(() => {
  try {
    offset = Number(readFileSync(process.env.CLOCK_FILE, 'utf8'));
  } catch {
    offset = 0;
  }
}, 100).unref();

class ShiftedDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offset);
    else super(...given);
  }

  static now() {
    return RealDate.now() + offset;
  }
}

// Libraries that call Date as a function get the machine's time as text, which nothing is reckoned with.
globalThis.Date = ShiftedDate;
