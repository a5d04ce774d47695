using CsCheck;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Tests.Rules;

/// <summary>What may happen to a small floor, in any order, told as the switch would tell it.</summary>
internal sealed record Happening(int Kind, int Agent, int Queue, int Reason, int AfterMs)
{
    private static readonly string[] Agents = ["1001", "1002"];
    private static readonly string[] Queues = ["support", "sales"];
    private static readonly string[] Reasons = ["short", "meal", "personal", "lunch", "nap"];

    public static readonly Gen<Happening[]> Days =
        Gen.Select(Gen.Int[0, 17], Gen.Int[0, 1], Gen.Int[0, 1], Gen.Int[0, 4], Gen.OneOf(Gen.Int[0, 900], Gen.Int[1000, 60_000], Gen.Int[60_000, 600_000]))
            .Select((kind, agent, queue, reason, after) => new Happening(kind, agent, queue, reason, after)).Array[1, 30];

    /// <summary>Tells it to a day, where it can happen at all.</summary>
    public void Tell(Day day)
    {
        var (id, queue) = (Agents[Agent], Queues[Queue]);
        var agent = day.State.Agents.GetValueOrDefault(id);
        var isLost = day.State.Feeds[Day.Pbx].State != FeedState.Synced;
        var member = agent?.Members.AsSpan().ToArray().FirstOrDefault(one => one.Queue == queue);
        switch (Kind)
        {
            case 0 or 1 when member is null && !isLost:
                day.Joins(id, queue, Agent, wrapUpSeconds: 10 * Queue);
                break;
            case 2 when member is not null && !isLost:
                day.Leaves(id, queue);
                break;
            case 3 or 4 when !isLost:
                foreach (var one in agent?.Members ?? []) day.Pauses(id, one.Queue, Reasons[Reason]);
                break;
            case 5 when member is not null && !isLost:
                day.Resumes(id, queue);
                break;
            case 6 when member is not null && agent!.Call is null && !isLost:
                day.Answers(id, queue, $"c{day.Now.ToUnixTimeMilliseconds()}.{id}");
                break;
            case 7 when agent?.Call is { Queue: { } its } call && !isLost:
                day.Completes(id, its, call.Id);
                foreach (var one in day[id].Members)
                    day.Tell(new MemberStatusChanged(day.Now, Day.Pbx, id, one.Queue, PhoneState.Idle, false, one.WrapUp, null));
                break;
            case 8 when !isLost:
                day.Lost();
                break;
            case 10 when agent is not null:
                day.Tell(new GrantGiven(day.Now, id, Queue == 0 ? GrantWords.SignOut : GrantWords.Break, "r", "lead", day.Now.AddMinutes(10)));
                break;
            case 11 when agent is not null:
                day.Raises(id);
                break;
            case 12:
                // A shift as a whole, so that it does not hang on what an enforcing or a ticking day has found so far.
                day.Tell(new ShiftExcused(day.Now, RosterDay.Monday, Queue == 0 ? "A" : "B", null, "lead", "r"));
                break;
            case 13 or 14 when member is not null && !isLost:
                // One phone, whichever queue shows it; a call that was told of goes on without it.
                var phone = Kind == 13 ? PhoneState.Unreachable : agent!.Call is null ? PhoneState.Idle : PhoneState.InUse;
                foreach (var one in agent!.Members)
                    day.Tell(new MemberStatusChanged(day.Now, Day.Pbx, id, one.Queue, phone, agent.Call?.Queue == one.Queue, one.WrapUp, null));
                break;
            case 15 when member is not null && agent!.Call is null && !isLost:
                day.RingsOut(id, queue, $"c{day.Now.ToUnixTimeMilliseconds()}.{id}");
                break;
            case 16 when agent?.Call is { Answered: true } && !isLost:
                day.Tell(new CallHeld(day.Now, Day.Pbx, id));
                break;
            case 17 when agent?.Call is { Answered: true } && !isLost:
                day.Tell(new CallUnheld(day.Now, Day.Pbx, id));
                break;
            case 9 or > 12 when isLost:
                // What the switch holds is as it was, and it says of nothing since when.
                day.Tell(new FeedSynced(day.Now, Day.Pbx, new(null, [], Members(day), [], Calls(day))));
                break;
        }
    }

    private static ValueArray<SeenMember> Members(Day day) => ValueArray.From(
        from agent in day.State.Agents.Values
        from member in agent.Members
        select Day.Seen(agent.Id, member.Queue) with
        {
            Penalty = member.Penalty,
            Paused = member.Paused,
            PauseReason = member.Reason,
            InCall = agent.Call?.Queue == member.Queue,
            Phone = agent.Phone == PhoneState.Unreachable ? PhoneState.Unreachable
                : agent.Call is not { } call ? PhoneState.Idle
                : call.HeldSince is null ? PhoneState.InUse : PhoneState.OnHold,
            WrapUp = member.WrapUp,
        });

    private static ValueArray<SeenCall> Calls(Day day) => ValueArray.From(
        from agent in day.State.Agents.Values
        let call = agent.Call
        where call is not null
        select new SeenCall(call.Id, agent.Id, call.Queue, call.Direction, call.Party, call.Since));
}

/// <summary>A day of happenings with a clock that ticks as often as wanted.</summary>
internal static class RandomDay
{
    // Short shifts, one for each, so that what the roster's rules ask falls among the happenings.
    private static FloorSetup InATeam => FloorSetup.Default with
    {
        Feeds = [new(Day.Pbx, "ami")],
        TimeZone = "Asia/Shanghai",
        // A roster names nobody whom agents.csv does not.
        Agents = [new("1001", "1001", "A", "PJSIP/1001"), new("1002", "1002", "A", "PJSIP/1002")],
        Teams = [new("A", "A", null, null)],
        Shifts = [new("A", new(8, 12, 0), new(8, 50, 0), []), new("B", new(9, 10, 0), new(10, 0, 0), [])],
        Roster =
        [
            new(null, "1001", "A", "8001", RosterStatus.Work),
            new(null, "1002", "B", "8002", RosterStatus.Overtime),
        ],
    };

    /// <summary>Without a team: a rule about teams looks at them when the clock ticks, and ends what it found with the tick that finds it over.</summary>
    public static FloorSetup Alone => InATeam with { Agents = [new("1001", "1001", null, "PJSIP/1001"), new("1002", "1002", null, "PJSIP/1002")], Teams = [] };

    public static Day Live(IReadOnlyList<Happening> happenings, TimeSpan? tickEvery, bool obeys, Action<Day>? after, params IFloorRule[] rules) =>
        Live(InATeam, happenings, tickEvery, obeys, after, rules);

    public static Day Live(FloorSetup setup, IReadOnlyList<Happening> happenings, TimeSpan? tickEvery, bool obeys, Action<Day>? after, params IFloorRule[] rules)
    {
        var day = new Day(setup, rules) { Obeys = obeys };
        var next = tickEvery is { } every ? day.Now + every : DateTimeOffset.MaxValue;
        var now = day.Now;
        foreach (var one in happenings)
        {
            now = now.AddMilliseconds(one.AfterMs);
            next = TickUntil(day, now, next, tickEvery, after);
            one.Tell(day.At(now));
            after?.Invoke(day);
        }

        // The day ends an hour later for everybody, whatever the clock was like.
        now = now.AddHours(1);
        TickUntil(day, now, next, tickEvery, after);
        return day.At(now).Ticks();
    }

    private static DateTimeOffset TickUntil(Day day, DateTimeOffset now, DateTimeOffset next, TimeSpan? every, Action<Day>? after)
    {
        for (; next < now; next += every!.Value)
        {
            day.At(next).Ticks();
            after?.Invoke(day);
        }

        return next;
    }
}
