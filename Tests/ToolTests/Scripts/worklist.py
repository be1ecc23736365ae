"""Reads what `deadlines` writes with two calendar readers, and with openpyxl.

worklist.py calendar FILE: prints the number of events, on which icalendar and vobject agree.
worklist.py workbook FILE: prints the names of the sheets with their numbers of rows and of numeric cells.
"""
import datetime
import sys


def by_icalendar(data):
    import icalendar

    calendar = icalendar.Calendar.from_ical(data)
    events = {}
    for event in calendar.walk("VEVENT"):
        assert not event.errors, event.errors
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        assert type(start) is datetime.date and type(end) is datetime.date and start < end
        uid = str(event["UID"])
        assert uid not in events, uid
        alarms = [str(alarm["TRIGGER"].dt) for alarm in event.walk("VALARM")]
        events[uid] = (start, end, str(event["SUMMARY"]), str(event.get("DESCRIPTION", "")), alarms)
    return str(calendar["X-WR-CALNAME"]), events


def by_vobject(data):
    import vobject

    calendar = vobject.readOne(data.decode())
    events = {}
    for event in calendar.vevent_list:
        alarms = [str(alarm.trigger.value) for alarm in getattr(event, "valarm_list", [])]
        description = event.description.value if hasattr(event, "description") else ""
        events[event.uid.value] = (event.dtstart.value, event.dtend.value, event.summary.value, description, alarms)
    return calendar.x_wr_calname.value, events


command, path = sys.argv[1:]
if command == "calendar":
    with open(path, "rb") as file:
        data = file.read()
    (name, first), (other, second) = by_icalendar(data), by_vobject(data)
    assert name == other, (name, other)
    assert first == second, [(first[uid], second.get(uid)) for uid in first if first[uid] != second.get(uid)][:3]
    print(name, len(first))
else:
    import openpyxl

    workbook = openpyxl.load_workbook(path)
    for sheet in workbook:
        numbers = sum(isinstance(cell.value, (int, float)) for row in sheet.iter_rows(min_row=2) for cell in row)
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref, sheet.title
        print(sheet.title, sheet.max_row, "numbers" if numbers else "texts", sheet["A1"].value)
