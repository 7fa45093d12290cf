// Works the numbers of the study out a second time. It shares nothing with the package but what
// stands in the page: operands, null for the number printed, and that number itself, which is read
// from its row. Whole numbers only, by definition and by trying, never by formula.
"use strict";

(() => {
  const button = document.getElementById("recompute");
  if (!button) return;

  const sum = (numbers) => numbers.reduce((total, number) => total + BigInt(number), 0n);
  const upTo = (n) => Array.from({ length: Number(n) + 1 }, (_, count) => BigInt(count));

  // "1.5" as a fraction of whole numbers: 15 / 10.
  const fraction = (text) => {
    const [whole, decimals = ""] = text.split(".");
    return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
  };

  // Rounded half up; nothing here is negative.
  const rounded = (above, below) => (2n * above + below) / (2n * below);

  // Every whole count of n that is printed as this percentage, found by trying each.
  const counts = (percent, n, lessThan = false) => {
    const [digits, scale] = fraction(percent);
    const base = BigInt(n);
    if (base < 1n) return [];
    return upTo(base).filter((count) =>
      lessThan ? 100n * scale * count < digits * base : rounded(100n * scale * count, base) === digits);
  };

  const span = (found) => (found.length > 1 ? `${found[0]}-${found.at(-1)}` : `${found[0]}`);

  // Every choice of one count from each list that adds up to n.
  const rows = (lists, n) => {
    if (!lists.length) return n === 0n ? [[]] : [];
    const [first, ...others] = lists;
    return first.flatMap((count) => rows(others, n - count).map((row) => [count, ...row]));
  };
  const solutions = (shares, n) => rows(shares.map((share) => counts(share, n)), BigInt(n)).slice(0, 10);

  // The counts that a rounded number stands for: its zeros may have been other digits.
  const ends = (text) => {
    const unit = 10n ** BigInt(/0*$/.exec(text)[0].length);
    return BigInt(text) ? [BigInt(text) - unit / 2n, BigInt(text) + (unit - 1n) / 2n] : [0n, 0n];
  };

  // "2010-11-20/2010-11-22": both ends; of a day as many of year, month and day as are printed.
  const parts = (text) => text.split("/").map((part) => {
    const fields = /^(-|\d+)(?:-(\d\d))?(?:-(\d\d))?$/.exec(part);
    if (!fields) throw new RangeError(part);
    return fields.slice(1).map((field) => (/\d/.test(field ?? "") ? BigInt(field) : null));
  });

  // Below, at or above zero, by the fields that both have.
  const compared = (one, other) => {
    for (const [place, field] of one.entries()) {
      if (field === null || other[place] === null || field === other[place]) continue;
      return field < other[place] ? -1 : 1;
    }
    return 0;
  };
  const precedes = (one, other, strictly) => compared(parts(one).at(-1), parts(other)[0]) < (strictly ? 0 : 1);

  // A time of day in minutes.
  const minutes = (text) => {
    const [, hour, minute] = /^(\d\d):(\d\d)$/.exec(text);
    return 60n * BigInt(hour) + BigInt(minute);
  };

  // A quotient to one decimal, without one that is zero.
  const tenths = (above, below) => {
    const found = rounded(10n * above, below);
    return found % 10n ? `${found / 10n}.${found % 10n}` : `${found / 10n}`;
  };

  // Each kind of work gives the value it finds, blank if it finds none, and whether the printed
  // number passes, null where it is held against nothing.
  const WORK = {
    items: ({ items, parts }, printed) => {
      const found = new Set(items).size;
      const adds = !parts.length || sum(parts) === BigInt(printed);
      return { value: `${found}`, holds: BigInt(found) === BigInt(printed) && adds };
    },
    rest: ({ parts, bound, total }, printed) => {
      const found = BigInt(total) - sum(parts);
      const holds = found === BigInt(printed) && sum([...parts, printed]) > BigInt(bound);
      return { value: `${found}`, holds };
    },
    above: ({ parts }, printed) => ({ value: "", holds: sum(parts) > BigInt(printed) }),
    total: ({ parts }) => {
      const [lows, highs] = [0, 1].map((end) => sum(parts.map((part) => ends(part)[end])));
      return { value: `${sum(parts)} (${lows}-${highs})`, holds: null };
    },
    difference: ({ above, below }) => ({ value: `${BigInt(above) - BigInt(below)}`, holds: null }),
    quotient: ({ above, below }) => {
      const [a, aScale] = fraction(above);
      const [b, bScale] = fraction(below);
      return { value: tenths(a * bScale, b * aScale), holds: null };
    },
    rate: ({ above, days }, printed) => {
      const [from, to] = printed.split("/").map(minutes);
      const [first, last] = days.split("/").map((day) => BigInt(Date.parse(day) / 86400000));
      return { value: tenths(60n * BigInt(above), (to - from) * (last - first + 1n)), holds: null };
    },
    period: ({ period }, printed) => {
      const ends = parts(period);
      const years = ends.at(-1)[0] - ends[0][0] + 1n;
      return { value: `${years}`, holds: years === BigInt(printed) };
    },
    dated: ({ years }, printed) => {
      const [year] = parts(printed)[0];
      const count = (fits) => years.filter((other) => fits(BigInt(other))).length;
      const value = `${count((other) => other === year)}; ${count((other) => other >= year)}`;
      return { value, holds: null };
    },
    counts: ({ base, groups, less_than: lessThan }, printed) => {
      const within = groups.map((group) => counts(group, base)).filter((found) => found.length === 1);
      const found = [base, ...within.flat()].map((n) => counts(printed, n, lessThan));
      const some = found.filter((list) => list.length);
      return { value: some.map(span).join("; "), holds: some.length > 0 };
    },
    share: ({ other, base }, printed) => {
      const [taken, ...more] = counts(other, base);
      const n = BigInt(base);
      const holds = solutions([printed, other], base).length > 0;
      if (taken === undefined || more.length) return { value: "", holds };
      return { value: `${n - taken} / ${n} = ${rounded(100n * (n - taken), n)}%`, holds };
    },
    joint: ({ shares }, printed) => {
      const found = solutions(shares, printed);
      return { value: found.map((row) => `${row.join(" + ")} = ${sum(row)}`).join("; ") || "-", holds: found.length > 0 };
    },
    order: ({ before, after }, printed) => ({
      value: "",
      holds: before.every(([other, strictly]) => precedes(other, printed, strictly))
        && after.every(([other, strictly]) => precedes(printed, other, strictly)),
    }),
    range: (_, printed) => {
      const [low, high] = printed.split("/").map(BigInt);
      return { value: "", holds: low <= high };
    },
    inside: ({ period }, printed) => ({
      value: "",
      holds: parts(period)[0][0] <= parts(printed)[0][0] && parts(printed).at(-1)[0] <= parts(period).at(-1)[0],
    }),
    same: ({ others }, printed) => {
      const own = parts(printed);
      const equal = (other) => other.length === own.length
        && own.every((part, place) => compared(part, other[place]) === 0);
      return { value: "", holds: others.map(parts).every(equal) };
    },
  };

  const table = document.getElementById("recomputed");
  const words = table.dataset;

  // The operands, with the printed number where it belongs among them.
  const filled = (given, printed) =>
    JSON.parse(JSON.stringify(given), (_, value) => (value === null ? printed : value));

  const run = ({ work, given }, printed) => {
    try {
      return WORK[work](filled(given, printed), printed);
    } catch (error) {
      return { value: String(error), holds: false };
    }
  };

  const spelt = (value) =>
    (document.documentElement.lang === "id" ? value.replace(/(\d)\.(?=\d)/g, "$1,") : value);

  button.addEventListener("click", () => {
    const records = JSON.parse(document.getElementById("operands").textContent);
    const rows = [...table.tBodies[0].rows]; // a record a row
    const differing = [];
    const outcomes = [];
    for (const [place, record] of records.entries()) {
      const row = rows[place];
      const printed = row.querySelector("code").textContent;
      const { value, holds } = run(record, printed);
      const agrees = value === record.value && holds === record.holds;
      if (!agrees) differing.push(`“${row.cells[0].textContent}”`);
      outcomes.push(holds);
      const cell = row.cells.length < 6 ? row.insertCell(4) : row.cells[4];
      const passes = holds === null ? "" : holds ? words.holds : words.fails;
      const found = [spelt(value), passes].filter(Boolean).join(": ");
      cell.textContent = `${found} (${agrees ? words.agrees : words.differs})`;
      cell.className = agrees ? "again" : "again contradicted";
    }
    table.querySelector("th[hidden]")?.removeAttribute("hidden");
    const said = differing.length ? `${words.summary} ${words.named}` : words.summary;
    document.getElementById("recompute-summary").textContent = said
      .replace("{agree}", records.length - differing.length)
      .replace("{all}", records.length)
      .replace("{pass}", outcomes.filter((holds) => holds === true).length)
      .replace("{fail}", outcomes.filter((holds) => holds === false).length)
      .replace("{claims}", differing.join(", "));
  });

  button.hidden = false;
})();
