namespace FloorMonitor.Core.Floor;

/// <summary>What time alone changes: wrap-ups end, undecided callers are decided, business days begin. Each at its exact instant.</summary>
internal static class ClockFold
{
    /// <summary>How long the reason of a leave may take; AMI's events of one leave come within milliseconds.</summary>
    public static readonly TimeSpan ReasonComesWithin = TimeSpan.FromSeconds(2);

    /// <summary>Does everything that is due, in order, and works out when something is due next.</summary>
    public static void Advance(ref FloorDraft draft)
    {
        var at = draft.At;
        if (draft.BusinessDayEndsAt == default) SetDay(ref draft, at);
        // Minute by minute, so that what is noted of each is what was true when it began.
        while (MinuteFold.NextBy(draft, at) is { } minute)
        {
            PassTo(ref draft, minute);
            MinuteFold.Note(ref draft, minute);
        }

        PassTo(ref draft, at);
        draft.Due(draft.BusinessDayEndsAt);
        draft.Due(MinuteFold.After(at));
    }

    private static void PassTo(ref FloorDraft draft, DateTimeOffset at)
    {
        if (at >= draft.BusinessDayEndsAt)
        {
            // What ended before the day did is counted in it, and what ends later in the next, however late the clock comes.
            PassUntil(ref draft, draft.BusinessDayEndsAt);
            BeginDay(ref draft, at);
        }

        // A caller who is decided stops ringing, and the phone that rang then settles: what is due may bring forth what is due.
        do PassUntil(ref draft, at);
        while (draft.NextDueAt <= at);
    }

    private static void PassUntil(ref FloorDraft draft, DateTimeOffset at)
    {
        draft.NextDueAt = DateTimeOffset.MaxValue;
        var asked = draft.DueAgents;
        draft.DueAgents = DueList.None;
        if (asked is null)
        {
            foreach (var (_, agent) in draft.Agents)
                if (DueList.IsDue(agent)) Pass(ref draft, agent, at);
        }
        else
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (; asked.Rest is { } rest; asked = rest)
            {
                if (draft.Agents.TryGetValue(asked.Agent, out var agent) && DueList.IsDue(agent) && seen.Add(asked.Agent))
                    Pass(ref draft, agent, at);
            }
        }

        foreach (var (_, queue) in draft.Queues)
        {
            if (queue.Leaving.IsEmpty) continue;
            var decided = queue;
            while (!decided.Leaving.IsEmpty && decided.Leaving[0].LeftAt + ReasonComesWithin <= at)
                decided = CallerFold.LeftOtherwise(ref draft, decided, 0, decided.Leaving[0].LeftAt + ReasonComesWithin);
            draft.Put(decided);
            if (!decided.Leaving.IsEmpty) draft.Due(decided.Leaving[0].LeftAt + ReasonComesWithin);
        }
    }

    /// <summary>Sets the business day of an instant without beginning it: counters stay.</summary>
    public static void SetDay(ref FloorDraft draft, DateTimeOffset at)
    {
        draft.BusinessDay = BusinessDay.Of(draft.Setup, at);
        draft.BusinessDayEndsAt = BusinessDay.StartOf(draft.BusinessDay.AddDays(1), draft.Setup);
        draft.Due(draft.BusinessDayEndsAt);
    }

    private static void Pass(ref FloorDraft draft, Agent agent, DateTimeOffset at)
    {
        while (DueList.DueOf(agent) is var due && due <= at)
        {
            var passed = agent.WrapUp?.EndsAt <= due ? AgentFold.EndWrapUp(ref draft, agent, due) : agent;
            if (passed.PhoneSettlesAt <= due) passed = passed with { PhoneSettlesAt = null };
            passed = GrantFold.Expire(passed, due);
            AgentFold.Settle(ref draft, agent, passed, new(due) { ByTime = true });
            agent = draft.Agents[agent.Id];
        }

        if (!DueList.IsDue(agent)) return;
        draft.Due(DueList.DueOf(agent));
        draft.DueAgents = draft.DueAgents?.With(agent.Id);
    }

    private static void BeginDay(ref FloorDraft draft, DateTimeOffset at)
    {
        SetDay(ref draft, at);
        ExcuseFold.BeginDay(ref draft);
        var since = BusinessDay.StartOf(draft.BusinessDay, draft.Setup);
        foreach (var (name, queue) in draft.Queues)
        {
            if (queue.Feeds.IsEmpty && queue.Waiting.IsEmpty)
            {
                draft.Queues = draft.Queues.Remove(name);
                continue;
            }

            // Who waits across the change is the new day's to answer: offered there, so that no day answers more than it was offered.
            var undecided = queue.Waiting.Count;
            foreach (var leaving in queue.Leaving) undecided += leaving.Unseen ? 0 : 1;
            draft.Put(queue with { Counters = new() { Since = since, Offered = undecided } });
        }

        MinuteFold.Forget(ref draft, at);
        var configured = draft.Setup.Agents.Count == 0 ? [] : draft.Setup.Agents.Select(agent => agent.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, agent) in draft.Agents)
        {
            if (agent.Today is { } today)
                draft.Put(agent with { Today = today.RunsSince is null ? null : AgentDay.None with { RunsSince = since } });
            if (!agent.Members.IsEmpty) continue;
            if (!configured.Contains(id)) draft.Agents = draft.Agents.Remove(id);
            // A call whose end never came (its member was removed during it) does not outlive the day.
            else if (agent.Call is { Queue: not null }) AgentFold.Settle(ref draft, agent, agent with { Call = null }, new(since) { ByTime = true });
        }
    }
}
