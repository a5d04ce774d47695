using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Wire;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Http;

/// <summary>What came of excusing a shift over the hub.</summary>
internal sealed record ShiftReply(bool Done, WireShiftExcuse? Excuse, FloorProblem? Problem);

/// <summary>
/// Excuses a whole shift of a date (A1). First the floor is told, so that what is open and what opens later is excused by it; then what
/// had closed before lies in the store and is excused one by one. Doing it again finds nothing left to do.
/// </summary>
internal sealed class ShiftDoor(EngineInbox inbox, FloorBoard board, IFloorStore store, VerdictDoor verdicts, TimeProvider time)
{
    private const int DaysBack = 62;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    public async Task<ShiftReply> ExcuseAsync(DateOnly date, string shift, string? rule, string? by, string? reason, GateDoor door, CancellationToken gone)
    {
        if (Wrong(date, shift, rule, by, reason) is { } problem) return Failed(problem);
        var answer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!inbox.TryPut(new ShiftExcuseAsked(date, shift, rule, by!, reason!, answer))) return Failed(FloorProblem.Of(new TooBusy())!);
        int open;
        try
        {
            open = await answer.Task.WaitAsync(AnswerWithin, time, gone);
        }
        catch (TimeoutException)
        {
            return Failed(FloorProblem.Of(new TooBusy())!);
        }

        var excuse = new ShiftExcuse(time.GetUtcNow(), date, shift, rule, by!, reason!);
        var closed = 0;
        // A night shift's verdicts lie on its own business day and on the next; early ones (muster) may lie on the day before.
        foreach (var day in new[] { date.AddDays(-1), date, date.AddDays(1) })
        {
            foreach (var verdict in await store.FindVerdictsAsync(new VerdictQuery(Date: day, Rule: rule, Open: false), gone))
            {
                if (!excuse.Covers(verdict, board.State.Setup) || Dispositions.Objection(verdict, VerdictSteps.Excused, by!, reason) is not null) continue;
                if ((await verdicts.SayAsync(verdict.Id, "excuse", by, reason, door, gone)).Done) closed++;
            }
        }

        return new(true, new(date, shift, rule, by!, reason!, open, closed), null);
    }

    private FloorProblem? Wrong(DateOnly date, string shift, string? rule, string? by, string? reason)
    {
        var floor = board.State;
        if (by is null or { Length: 0 or > 64 }) return FloorProblem.BadField("by", Complaints.WhoSaysSo);
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > CommandBody.MaxSentence) return FloorProblem.BadField("reason", Complaints.RequiredAs($"不超过 {CommandBody.MaxSentence} 个字符的文字", $"a text of at most {CommandBody.MaxSentence} characters"));
        if (rule is not null && board.Rules.All(known => known.Id != rule))
            return FloorProblem.BadField("rule", Complaints.IsNo(rule, "规则", "rule", board.Rules.Select(known => known.Id)));
        if (!Roster.IsKept(floor.Setup))
            return FloorProblem.Conflict("no-roster", "There is no roster", new("没有排班表(roster.csv),无法按班次免除", "Without a roster (roster.csv) nobody knows who works which shift"));
        if (floor.Setup.Shifts.All(known => known.Name != shift))
            return FloorProblem.NotFound(Complaints.ThereIsNo(shift, "班次", "shift", floor.Setup.Shifts.Select(known => known.Name)));
        if (Math.Abs(date.DayNumber - floor.BusinessDay.DayNumber) > DaysBack) return FloorProblem.BadField("date", new($"须在今天前后 {DaysBack} 天之内", $"must be within {DaysBack} days of today"));
        return floor.Setup.Roster.All(line => (line.Date is { } day && day != date) || line.Shift != shift)
            ? FloorProblem.Conflict("nobody-rostered", "Nobody works that shift", new($"{date:yyyy-MM-dd} 班次 {shift} 无人排班", $"The roster has nobody in shift {shift} on {date:yyyy-MM-dd}"))
            : null;
    }

    private static ShiftReply Failed(FloorProblem problem) => new(false, null, problem);
}
