"""What each kind of date expression means, seen from the day of publication."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from annotations.extraction.languages.base import Calendar

QUARTER_MONTHS = 3
NEXT = ("next", "prochain", "prochaine", "the following")
SAME = ("this",)
HOURS_HALF_DAY = 12
WINTER_ENDS = 2
SATURDAY = 5
SEASON_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Resolved:
    iso: str | None
    precision: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What a relative date is seen from."""

    calendar: Calendar
    published: date | None
    is_future: bool


def full_day(match: re.Match[str], scene: Scene) -> Resolved | None:
    month = _month(match, scene)
    return _with_time(_day(_number(match["year"]), month, _number(match["day"])), match)


def day_of_year(match: re.Match[str], scene: Scene) -> Resolved | None:
    """Resolve `25 November` to the nearest year that fits the tense."""
    month, day = _month(match, scene), _number(match["day"])
    if scene.published is None:
        return Resolved(None, "day") if 1 <= month <= 12 else None
    found = [
        moment
        for year in _near(scene.published.year)
        if (moment := _day(year, month, day)) is not None
    ]
    return _with_time(_fitting(found, scene), match)


def day_range(match: re.Match[str], scene: Scene) -> Resolved | None:
    month = _month(match, scene)
    if (year := _given_year(match, month, scene)) is None:
        return Resolved(None, "interval")
    first, last = (_day(year, month, _number(match[name])) for name in ("day", "day2"))
    if first is None or last is None or first > last:
        return None
    return Resolved(f"{first}/{last}", "interval")


def days_across(match: re.Match[str], scene: Scene) -> Resolved | None:
    """Resolve `from 30 June to 5 July`; over New Year the first day is in the year before."""
    months = [_month_named(match[name], scene) for name in ("month", "month2")]
    if (year := _given_year(match, months[1], scene)) is None:
        return Resolved(None, "interval")
    first = _day(year - (months[0] > months[1]), months[0], _number(match["day"]))
    last = _day(year, months[1], _number(match["day2"]))
    if first is None or last is None or first > last:
        return None
    return Resolved(f"{first}/{last}", "interval")


def month_range(match: re.Match[str], scene: Scene) -> Resolved | None:
    months = [_month_named(match[name], scene) for name in ("month", "month2")]
    last = _number(match["year2"]) if match["year2"] else _given_year(match, months[1], scene)
    if last is None:
        return Resolved(None, "interval")
    first = _number(match["year"]) if match["year"] else last - (months[0] > months[1])
    return Resolved(f"{first:04}-{months[0]:02}/{last:04}-{months[1]:02}", "interval")


def month_of_year(match: re.Match[str], scene: Scene) -> Resolved | None:
    return Resolved(f"{_number(match['year']):04}-{_month(match, scene):02}", "month")


def bare_month(match: re.Match[str], scene: Scene) -> Resolved | None:
    month = _month(match, scene)
    year = _given_year(match, month, scene)
    return Resolved(None if year is None else f"{year:04}-{month:02}", "month")


def quarter(match: re.Match[str], scene: Scene) -> Resolved | None:
    word = match["quarter_word"]
    number = scene.calendar.quarters[word.lower()] if word else _number(match["quarter"])
    if match["year"] is None and scene.published is None:
        return Resolved(None, "quarter")
    year = _number(match["year"]) if match["year"] else _quarter_year(number, scene)
    return Resolved(f"{year:04}-Q{number}", "quarter")


def half_year(match: re.Match[str], scene: Scene) -> Resolved | None:
    if match["year"] is None and scene.published is None:
        return Resolved(None, "interval")
    year = _number(match["year"]) if match["year"] else (scene.published or date.min).year
    months = ("01", "06") if match["first"] else ("07", "12")
    return Resolved(f"{year:04}-{months[0]}/{year:04}-{months[1]}", "interval")


def decade(match: re.Match[str], scene: Scene) -> Resolved | None:
    first = _number(match["decade"])
    first += 1900 if first < 100 else 0
    return Resolved(f"{first:04}/{first + 9:04}", "interval")


def season(match: re.Match[str], scene: Scene) -> Resolved | None:
    groups = match.groupdict()
    code = scene.calendar.seasons[match["season"].lower()]
    if groups.get("year"):
        return Resolved(f"{_number(groups['year']):04}-{code}", "season")
    if scene.published is None:
        return Resolved(None, "season")
    shift = (groups.get("shift") or "this").lower()
    year = scene.published.year
    if shift in SAME:
        year += _nearest_season(code, scene)
    if shift in NEXT and _season_start(code) <= scene.published.month:
        year += 1
    elif shift not in (*NEXT, *SAME) and _season_start(code) + 2 > scene.published.month:
        year -= 1
    return Resolved(f"{year:04}-{code}", "season")


def season_ahead(match: re.Match[str], scene: Scene) -> Resolved | None:
    return season(match, scene) if scene.is_future else None


def year_range(match: re.Match[str], scene: Scene) -> Resolved | None:
    first, last = _number(match["year"]), _number(match["year2"])
    if len(match["year2"]) < len(match["year"]) and last == (first + 1) % 100:
        last = first + 1
    return Resolved(f"{first:04}/{last:04}", "interval") if first < last else None


def year_end(match: re.Match[str], scene: Scene) -> Resolved | None:
    return Resolved(f"{_number(match['year']):04}-12", "month")


def year(match: re.Match[str], scene: Scene) -> Resolved | None:
    return Resolved(f"{_number(match['year']):04}", "year")


def weekday(match: re.Match[str], scene: Scene) -> Resolved | None:
    """Resolve a weekday: back from the day of publication, or ahead in the future tense."""
    if scene.published is None:
        return Resolved(None, "day")
    wanted = scene.calendar.weekdays[match["weekday"].lower()]
    shift = (match["shift"] or "").strip().lower()
    back = (scene.published.weekday() - wanted) % 7
    if shift in NEXT or (scene.is_future and shift in ("", *SAME)):
        days = (7 - back) % 7 or (7 if shift else 0)
    else:
        days = -(back or (7 if shift and shift not in SAME else 0))
    return _with_time(_days_later(scene.published, days), match)


def night(match: re.Match[str], scene: Scene) -> Resolved | None:
    """Resolve `the night from Monday to Tuesday`, by its second day."""
    morning = weekday(match, scene)
    if morning is None or morning.iso is None:
        return Resolved(None, "interval")
    last = date.fromisoformat(morning.iso)
    return Resolved(f"{_days_later(last, -1)}/{last}", "interval")


def weekdays(match: re.Match[str], scene: Scene) -> Resolved | None:
    """Resolve `between Friday and Sunday`, by its last day."""
    till = weekday(match, scene)
    if till is None or till.iso is None:
        return Resolved(None, "interval")
    last = date.fromisoformat(till.iso)
    names = re.findall(r"[^\W\d_]+", match.group().lower())
    first = next(scene.calendar.weekdays[name] for name in names if name in scene.calendar.weekdays)
    return Resolved(f"{_days_later(last, -((last.weekday() - first) % 7))}/{last}", "interval")


def clock(match: re.Match[str], scene: Scene) -> Resolved | None:
    if scene.published is None:
        return Resolved(None, "minute")
    return _with_time(scene.published, match)


def start_of(match: re.Match[str], scene: Scene) -> Resolved | None:
    """Resolve `the start of the year` to its first month; a shorter span to the whole of it."""
    shift = (match["shift"] or "").strip().lower()
    whole = _span(scene, match["span"], (1 if shift in NEXT else -1) if shift else 0)
    if whole.precision != "year":
        return whole
    return Resolved(whole.iso and f"{whole.iso}-01", "month")


def end_of(match: re.Match[str], scene: Scene) -> Resolved | None:
    span = scene.calendar.spans[match["span"].lower()]
    if scene.published is None:
        return Resolved(None, "week" if span == "week" else "month")
    month = {"year": 12, "quarter": _quarter(scene.published) * QUARTER_MONTHS}
    if span == "week":
        return _named(scene.published, "week")
    last = month.get(span, scene.published.month)
    return Resolved(f"{scene.published.year:04}-{last:02}", "month")


def offset_day(match: re.Match[str], scene: Scene) -> Resolved | None:
    offsets = {"offset0": 0, "offset1": -2, "offset2": -1, "offset3": 1, "offset4": 2}
    days = next(days for name, days in offsets.items() if match[name])
    return _relative_day(scene, days)


def today(match: re.Match[str], scene: Scene) -> Resolved | None:
    return _relative_day(scene, 0)


def last_night(match: re.Match[str], scene: Scene) -> Resolved | None:
    return _relative_day(scene, -1)


def this_span(match: re.Match[str], scene: Scene) -> Resolved | None:
    """Resolve `this week`; a weekend told of in the past on a working day is the one before."""
    span = scene.calendar.spans[match["span"].lower()]
    published = scene.published
    is_over = published is not None and not scene.is_future and published.weekday() < SATURDAY
    return _span(scene, match["span"], -1 if span == "weekend" and is_over else 0)


def shifted_span(match: re.Match[str], scene: Scene) -> Resolved | None:
    return _span(scene, match["span"], 1 if match["shift"].lower() in NEXT else -1)


def ago(match: re.Match[str], scene: Scene) -> Resolved | None:
    return _counted(match, scene, -1)


def ahead(match: re.Match[str], scene: Scene) -> Resolved | None:
    """Resolve `in three weeks`, where that is not how long something took."""
    if scene.calendar.lasted.match(match.group()) and not scene.is_future:
        return None
    return _counted(match, scene, 1)


def _counted(match: re.Match[str], scene: Scene, sign: int) -> Resolved | None:
    """Resolve `three weeks ago`: to the day, for months and years to the month or year."""
    word = match["amount"].lower()
    amount = sign * (int(word) if word.isdigit() else scene.calendar.amounts[word])
    span = scene.calendar.spans[match["span"].lower()]
    if span in ("day", "week", "weekend", "hour", "fortnight"):
        days = {"day": 1, "week": 7, "weekend": 7, "hour": 0, "fortnight": 14}[span]
        return _relative_day(scene, amount * days)
    months = amount * {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(span, 1)
    precision = "year" if abs(months) > 24 else "month"
    if scene.published is None:
        return Resolved(None, precision)
    return _named(_months_later(scene.published, months), precision)


def _span(scene: Scene, word: str, shift: int) -> Resolved:
    span = scene.calendar.spans[word.lower()]
    precision = "week" if span == "weekend" else span
    if scene.published is None:
        return Resolved(None, precision)
    if span in ("week", "weekend"):
        return _named(_days_later(scene.published, 7 * shift), span)
    months = {"month": 1, "quarter": QUARTER_MONTHS, "year": 12}[span]
    return _named(_months_later(scene.published, shift * months), span)


def _named(moment: date, precision: str) -> Resolved:
    """Write a day as the week, month, quarter or year around it."""
    week = moment.isocalendar()
    saturday = _days_later(moment, 5 - moment.weekday())
    iso = {
        "day": moment.isoformat(),
        "week": f"{week.year:04}-W{week.week:02}",
        "weekend": f"{saturday}/{_days_later(saturday, 1)}",
        "month": f"{moment.year:04}-{moment.month:02}",
        "quarter": f"{moment.year:04}-Q{_quarter(moment)}",
        "year": f"{moment.year:04}",
    }[precision]
    return Resolved(iso, "interval" if precision == "weekend" else precision)


def _relative_day(scene: Scene, days: int) -> Resolved:
    if scene.published is None:
        return Resolved(None, "day")
    return Resolved(_days_later(scene.published, days).isoformat(), "day")


def _with_time(moment: date | None, match: re.Match[str]) -> Resolved | None:
    """Add the time of day where the match holds one; None for a day that does not exist."""
    if moment is None:
        return None
    time = _time(match)
    if time is None:
        return Resolved(moment.isoformat(), "day")
    return Resolved(f"{moment.isoformat()}T{time[0]:02}:{time[1]:02}", "minute")


def _time(match: re.Match[str]) -> tuple[int, int] | None:
    groups = match.groupdict()
    if noon := groups.get("noon"):
        return (12, 0) if noon.lower() in ("midi", "noon") else (0, 0)
    hour = groups.get("hour") or groups.get("hour24")
    if hour is None:
        return None
    minute = int(groups.get("minute") or groups.get("minute24") or 0)
    half = (groups.get("half") or "").lower()
    if half:
        return (int(hour) % HOURS_HALF_DAY + HOURS_HALF_DAY * half.startswith("p"), minute)
    return (int(hour), minute)


def _month(match: re.Match[str], scene: Scene) -> int:
    return _month_named(match["month"], scene)


def _month_named(word: str, scene: Scene) -> int:
    return int(word) if word.isdigit() else scene.calendar.months[word.lower()]


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _near(year: int) -> Iterator[int]:
    return (near for near in (year - 1, year, year + 1) if 1 <= near <= 9999)


def _fitting(found: list[date], scene: Scene) -> date | None:
    """Return the day nearest to publication that fits the tense."""
    published = scene.published
    if published is None or not found:
        return None
    fits = [day for day in found if (day >= published if scene.is_future else day <= published)]
    return min(fits or found, key=lambda day: abs((day - published).days))


def _given_year(match: re.Match[str], month: int, scene: Scene) -> int | None:
    """Return the year written in the match, or the nearest that fits the tense."""
    groups = match.groupdict()
    if groups.get("year") or scene.published is None:
        return _number(groups["year"]) if groups.get("year") else None
    shift = (month < scene.published.month) if scene.is_future else -(month > scene.published.month)
    if other := groups.get("other_year"):
        shift = 1 if other.lower() in NEXT else -1
    return scene.published.year + shift


def _quarter_year(number: int, scene: Scene) -> int:
    published = scene.published or date.min
    late = number > _quarter(published) and not scene.is_future
    return published.year - (1 if late else 0)


def _quarter(moment: date) -> int:
    return (moment.month - 1) // QUARTER_MONTHS + 1


def _nearest_season(code: str, scene: Scene) -> int:
    """Return the year's shift to the season meant: the one before or after, by the tense."""
    month = (scene.published or date.min).month
    if code == "WI" and month <= WINTER_ENDS:
        return -1
    ahead_by = _season_start(code) - month
    if scene.is_future:
        return 1 if ahead_by < -SEASON_MONTHS else 0
    return -1 if ahead_by > SEASON_MONTHS else 0


def _season_start(code: str) -> int:
    return {"WI": 12, "SP": 3, "SU": 6, "AU": 9}[code]


def _days_later(moment: date, days: int) -> date:
    """Return the day so many days away, within the calendar."""
    place = min(max(moment.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(place)


def _months_later(moment: date, months: int) -> date:
    """Return the first day of the month so many months away, within the calendar."""
    place = min(max(moment.year * 12 + moment.month - 1 + months, 12), 9999 * 12 + 11)
    return date(place // 12, place % 12 + 1, 1)
