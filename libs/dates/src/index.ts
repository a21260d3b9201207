export { addMonths, calendarDay, dayNumber, dayOfNumber, daysInMonth, mondayOf, numberOf } from './day.math';
export { EdtfError, parseEdtf, tryParseEdtf, type EdtfDate, type Precision } from './edtf.parser';
export { displayDate } from './edtf.display';
export {
  certainlyBefore,
  fallbackBounds,
  gapInDays,
  overlaps,
  possiblyBefore,
  spanInDays,
  within,
  type DayInterval,
} from './interval.algebra';
export { findDates, resolvePhrase, type DatePhrase, type FindDatesOptions } from './phrase.finder';
