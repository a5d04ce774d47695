using CsCheck;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Core.Tests.Rules;

namespace FloorMonitor.Core.Tests.Planning;

/// <summary>What always holds of tickets, whatever a team asks for, does, is called by, loses sight of or is given.</summary>
public sealed class BreakPlanningPropertyTests
{
    private const int Agents = 6;
    private static readonly TimeSpan TickEvery = TimeSpan.FromSeconds(7);

    private static readonly Gen<(int Kind, int Agent, int After)[]> Wishes =
        Gen.Select(Gen.Int[0, 13], Gen.Int[1, Agents], Gen.OneOf(Gen.Int[0, 5], Gen.Int[5, 120], Gen.Int[120, 900])).Array[1, 60];

    [Fact]
    public void No_grant_goes_over_the_cap_and_the_queue_is_served_in_its_turns() => Wishes.Sample(
        wishes => Live(wishes, arrange: false, (day, granted) =>
        {
            var before = day.State.Agents;
            var (team, others) = (before.Values.Where(agent => agent.Session is { LeftAt: null }).ToList(), 0);
            foreach (var agent in team)
                if (agent.Id != granted.Agent && (agent.Break is { Kind: "short" or "meal" } || agent.Ticket is { Status: TicketStatus.Granted, Kind: "short" or "meal" })) others++;
            Assert.True(others < new ConcurrentBreaks().CapOf(team.Count, isTight: false), $"{granted} is one too many");
            // What a lead gives, and what somebody takes where there is room, stands in no queue.
            if (before[granted.Agent].Ticket is not { Status: TicketStatus.Queued } served || granted.By == "lead") return;
            foreach (var waiting in team.Where(agent => agent.Ticket is { Status: TicketStatus.Queued } && agent.State != AgentState.Unknown))
            {
                var other = waiting.Ticket!;
                Assert.True(
                    (served.Hour, served.RequestedAt, granted.Agent).CompareTo((other.Hour, other.RequestedAt, waiting.Id)) <= 0,
                    $"{waiting.Id} waited longer than {granted.Agent}");
            }
        }),
        iter: 150);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nobody_waits_for_ever(bool arrange) => Wishes.Sample(
        wishes =>
        {
            var day = Live(wishes, arrange, null);
            if (day.State.Feeds[Day.Pbx].State != FeedState.Synced) Resync(day);
            foreach (var agent in day.State.Agents.Values)
                if (agent.Call is { Queue: { } queue } call) day.Completes(agent.Id, queue, call.Id);
            var since = day.Now;
            for (var now = day.Now; now < since.AddHours(2); now += TickEvery) Pass(day, now);
            Assert.DoesNotContain(day.State.Agents.Values, agent => agent.Ticket is { } ticket && ticket.RequestedAt <= since);
        },
        iter: 60);

    [Fact]
    public void A_personal_need_is_never_refused() => Wishes.Sample(
        wishes => Live(wishes, arrange: true, null, after: day =>
        {
            foreach (var agent in day.State.Agents.Values)
            {
                if (agent.Members.IsEmpty || agent.State == AgentState.Unknown) continue;
                Assert.IsType<Granted>(day.Ask(new RequestBreak(agent.Id, agent.Id, "personal")));
                Assert.IsType<Granted>(day.Ask(new TakeBreak(agent.Id, agent.Id, "personal")));
            }
        }),
        iter: 40);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_replay_of_the_journal_finds_what_was_planned_and_would_plan_the_same(bool arrange) => Wishes.Sample(
        wishes =>
        {
            var day = Live(wishes, arrange, null);
            var book = new RuleBook([.. Rotas.Rules(arrange: arrange)]);
            var state = FloorState.Empty;
            var plans = day.Plans.ToDictionary(plan => plan.After);
            for (var i = 0; i < day.Journal.Count; i++)
            {
                var e = day.Journal[i];
                state = book.Judge(state, FloorFold.Apply(state, e), e).State;
                if (plans.TryGetValue(i + 1, out var plan)) Assert.Equal(plan.Steps, book.Plan(state, plan.At));
            }

            Assert.Equal(day.State, state);
        },
        iter: 60);

    [Fact]
    public void Where_breaks_are_arranged_every_full_hour_has_its_slot_and_the_cap_holds_in_each() => Gen.Int[2, 6].Sample(
        agents =>
        {
            var day = Rotas.Team(agents, Rotas.Rules(arrange: true)).Until("09:00:05");
            for (var hour = 0; hour < 3; hour++)
            {
                // One whose break of the last hour runs gets the next slot when back.
                var slots = day.State.Agents.Values.Where(agent => agent.Break is null).Select(agent => agent.Ticket!).ToList();
                Assert.All(slots, slot => Assert.True(slot.StartsAt >= day.Now.AddSeconds(-5) && slot.EndsAt <= Day.Time("10:00").AddHours(hour)));
                if (hour == 0) Assert.All(slots, slot => Assert.True(slot.StartsAt >= Day.Time("09:30"), "never into the lock"));
                foreach (var slot in slots) Assert.True(slots.Count(other => other.StartsAt < slot.EndsAt && other.EndsAt > slot.StartsAt) <= 1);
                // They go in their slots and come back, so that the next hour is arranged for all.
                for (var now = day.Now; now <= Day.Time("10:00:05").AddHours(hour); now = now.AddSeconds(20))
                {
                    Pass(day, now);
                    foreach (var agent in day.State.Agents.Values.Where(agent => agent.Ticket is { Status: TicketStatus.Granted })) day.Goes(int.Parse(agent.Id, null));
                }
            }

            Assert.DoesNotContain(day.Verdicts.Values, verdict => verdict.Rule is "hourly-break" or "break-slot" or "break-quota" or "concurrent-breaks");
        },
        iter: 5);

    [Fact]
    public void A_full_hour_has_room_for_twelve_and_who_has_none_waits_for_what_is_left_of_it()
    {
        var day = Rotas.Team(12, Rotas.Rules(arrange: true)).Until("09:00:02");
        // Half of the first hour is locked: six places.
        Assert.Equal((6, 6), (Count(TicketStatus.Planned), Count(TicketStatus.Queued)));
        day.Until("10:00:02");
        Assert.Equal((12, 0), (Count(TicketStatus.Planned) + Count(TicketStatus.Granted), Count(TicketStatus.Queued)));
        Assert.Equal(12, day.State.Agents.Values.Select(agent => agent.Ticket!.StartsAt).Distinct().Count());

        int Count(TicketStatus status) => day.State.Agents.Values.Count(agent => agent.Ticket?.Status == status);
    }

    private static Day Live((int Kind, int Agent, int After)[] wishes, bool arrange, Action<Day, BreakGranted>? granted, Action<Day>? after = null)
    {
        var day = Rotas.Team(Agents, Rotas.Rules(arrange: arrange));
        day.Before = e =>
        {
            if (e is BreakGranted one) granted?.Invoke(day, one);
        };
        day.At("09:25");
        var now = day.Now;
        foreach (var (kind, agent, afterSeconds) in wishes)
        {
            for (var until = now.AddSeconds(afterSeconds); now < until; now += TickEvery) Pass(day, now);
            Do(day.At(now), kind, agent);
            after?.Invoke(day);
        }

        return day;
    }

    // A tick; who is past the limit comes back.
    private static void Pass(Day day, DateTimeOffset now)
    {
        day.At(now).Ticks();
        if (day.State.Feeds[Day.Pbx].State != FeedState.Synced) return;
        foreach (var agent in day.State.Agents.Values.Where(agent => agent.Break?.EndsAt <= now).OrderBy(agent => agent.Id, StringComparer.Ordinal))
            day.Does(new Resume(agent.Id, agent.Id));
    }

    private static void Do(Day day, int kind, int number)
    {
        var id = $"{number}";
        var agent = day[id];
        var isLost = day.State.Feeds[Day.Pbx].State != FeedState.Synced;
        switch (kind)
        {
            case 0 or 1 or 2: day.Asks(number); break;
            case 3: day.Asks(number, "meal"); break;
            case 4 or 5 when agent.Ticket is { Status: TicketStatus.Granted } ticket: day.Goes(number, ticket.Kind); break;
            case 5: day.Goes(number); break;
            case 6 when !isLost && agent.Call is null && !agent.Members.IsEmpty: day.Answers(id, "support", $"c{day.Now.Ticks}"); break;
            case 7 when !isLost && agent.Call is { } call: day.Completes(id, "support", call.Id); break;
            case 8: day.Does(new CancelBreak(id, id)); break;
            case 9: day.Does(new DeclineBreak(id, id)); break;
            case 10: day.Does(new GrantBreak(id, "lead", null, day.Now.AddMinutes(number - 1))); break;
            case 11: day.Does(new DeferBreak(id, "lead", TimeSpan.FromMinutes(number * 3))); break;
            case 12 when !isLost && !agent.Members.IsEmpty && agent.Call is null: day.Leaves(id, "support"); break;
            case 12 when !isLost && agent.Members.IsEmpty: day.Joins(id, "support", wrapUpSeconds: 30); break;
            case 13 when isLost: Resync(day); break;
            case 13: day.Lost(); break;
        }
    }

    private static void Resync(Day day) => day.Synced(null, [.. day.State.Agents.Values.Where(agent => !agent.Members.IsEmpty).OrderBy(agent => agent.Id, StringComparer.Ordinal)
        .Select(agent => Day.Seen(agent.Id, "support") with
        {
            Paused = agent.Members[0].Paused, PauseReason = agent.Members[0].Reason, WrapUp = TimeSpan.FromSeconds(30),
        })]);
}
