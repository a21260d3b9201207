/** A line without its terminator, counted from 1. Longer than the cap: its text is not kept. */
export interface TextLine {
  line: number;
  text: string;
  tooLong: boolean;
}

/** Splits text at \n or \r\n, never holding more than `maxLength` UTF-16 units of a line. Empty lines are lines too. */
export async function* splitLines(chunks: AsyncIterable<string>, maxLength: number): AsyncGenerator<TextLine> {
  let line = 1;
  let kept = '';
  let length = 0;
  const add = (part: string): void => {
    length += part.length;
    kept = length > maxLength ? '' : kept + part;
  };
  const finish = (): TextLine => {
    const done = { line, text: kept.endsWith('\r') ? kept.slice(0, -1) : kept, tooLong: length > maxLength };
    line += 1;
    kept = '';
    length = 0;
    return done;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf('\n'); at !== -1; at = chunk.indexOf('\n', from)) {
      add(chunk.slice(from, at));
      yield finish();
      from = at + 1;
    }
    add(chunk.slice(from));
  }
  if (length > 0) yield finish();
}
