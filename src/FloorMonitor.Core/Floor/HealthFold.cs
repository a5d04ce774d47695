namespace FloorMonitor.Core.Floor;

/// <summary>The store, the phones, and how calls ended.</summary>
internal static class HealthFold
{
    public static void StoreLost(ref FloorDraft draft, StoreLost e)
    {
        if (draft.Health.Store is null) draft.Health = draft.Health with { Store = new(e.At, e.Note, e.Entry) };
    }

    public static void StoreFound(ref FloorDraft draft)
    {
        if (draft.Health.Store is not null) draft.Health = draft.Health with { Store = null };
    }

    /// <summary>Notes a phone that went or came back. What a person who signs out does with the phone is nobody's business.</summary>
    public static void NotePhone(ref FloorDraft draft, Agent before, Agent next, DateTimeOffset at)
    {
        var isGone = next.Phone == PhoneState.Unreachable && !next.Members.IsEmpty;
        if (isGone && before.Phone != PhoneState.Unreachable && before.Session is { LeftAt: null }) Add(ref draft, new(next.Id, at, draft.Entry));
        else if (!isGone && before.Phone == PhoneState.Unreachable) Remove(ref draft, next.Id);
    }

    /// <summary>A call that was answered is over.</summary>
    public static void Ended(ref FloorDraft draft, string call, TimeSpan talked, DateTimeOffset at, bool byPerson)
    {
        var endings = draft.Health.Endings;
        // The network's word came first and counted it.
        if (Find(endings, call) >= 0) return;
        var second = (int)Math.Min(CallEndings.QuickSeconds + 1, Math.Ceiling(Math.Max(0, talked.TotalSeconds)));
        var isQuick = byPerson && second <= CallEndings.QuickSeconds;
        endings = Count(endings, at, isQuick ? second : null, network: 0, ended: 1);
        if (isQuick) endings = Remember(endings, new(call, at, second, draft.Entry));
        draft.Health = draft.Health with { Endings = endings };
    }

    /// <summary>The network ended a call, or a leg of it.</summary>
    /// <param name="draft">The state to be.</param>
    /// <param name="call">The call.</param>
    /// <param name="at">When.</param>
    /// <param name="isCounted">Whether its end was counted before this was known.</param>
    public static void BrokeOff(ref FloorDraft draft, string call, DateTimeOffset at, bool isCounted)
    {
        var endings = draft.Health.Endings;
        var known = Find(endings, call);
        if (known >= 0)
        {
            var bad = endings.Bad[known];
            if (bad.Second == BadEnding.ByNetwork) return;
            // Its end was told before its cause: not a quick one, but this.
            endings = Count(endings, bad.At, bad.Second, network: 1, ended: 0, quick: -1);
            endings = endings with { Bad = endings.Bad.SetItem(known, bad with { Second = BadEnding.ByNetwork, Entry = draft.Entry }) };
        }
        else
        {
            endings = Count(endings, at, null, network: 1, ended: isCounted ? 0 : 1);
            endings = Remember(endings, new(call, at, BadEnding.ByNetwork, draft.Entry));
        }

        draft.Health = draft.Health with { Endings = at > endings.ChangedAt ? endings with { ChangedAt = at } : endings };
    }

    private static int Find(CallEndings endings, string call)
    {
        var bad = endings.Bad.AsSpan();
        for (var i = bad.Length - 1; i >= 0; i--)
            if (bad[i].Call == call) return i;
        return -1;
    }

    private static CallEndings Remember(CallEndings endings, BadEnding bad)
    {
        var span = endings.Bad.AsSpan();
        if (span.Length >= CallEndings.BadKept) span = span[1..];
        return endings with { Bad = ValueArray.Create<BadEnding>([.. span, bad]) };
    }

    private static CallEndings Count(CallEndings endings, DateTimeOffset at, int? second, int network, int ended, int quick = 1)
    {
        var minute = Traffic.MinuteOf(at);
        var running = endings.Running;
        if (at > endings.ChangedAt) endings = endings with { ChangedAt = at };
        if (minute == running.Minute) return endings with { Running = Plus(running, second, network, ended, quick) };
        if (minute > running.Minute)
        {
            var past = endings.Past.AsSpan();
            while (!past.IsEmpty && past[0].Minute <= minute - CallEndings.MinutesKept) past = past[1..];
            var keepsRunning = running.Ended + running.Network > 0 && running.Minute > minute - CallEndings.MinutesKept;
            return endings with
            {
                Past = ValueArray.Create<EndingMinute>(keepsRunning ? [.. past, running] : [.. past]),
                Running = Plus(new(minute, 0, 0, []), second, network, ended, quick),
            };
        }

        var index = endings.Past.FindIndex(minute, static (one, wanted) => one.Minute == wanted);
        if (index >= 0) return endings with { Past = endings.Past.SetItem(index, Plus(endings.Past[index], second, network, ended, quick)) };
        // Of a minute that is too old there is nothing left to correct, and nothing that a window would see.
        if (quick < 0 || minute <= running.Minute - CallEndings.MinutesKept) return endings;
        var place = endings.Past.Count;
        while (place > 0 && endings.Past[place - 1].Minute > minute) place--;
        var kept = endings.Past.AsSpan();
        return endings with { Past = ValueArray.Create<EndingMinute>([.. kept[..place], Plus(new(minute, 0, 0, []), second, network, ended, quick), .. kept[place..]]) };
    }

    private static EndingMinute Plus(EndingMinute minute, int? second, int network, int ended, int quick)
    {
        var counts = minute.Quick;
        if (second is { } at)
        {
            if (counts.IsEmpty) counts = ValueArray.Create<int>(new int[CallEndings.QuickSeconds + 1]);
            counts = counts.SetItem(at, Math.Max(0, counts[at] + quick));
        }

        return new(minute.Minute, minute.Ended + ended, minute.Network + network, counts);
    }

    private static void Add(ref FloorDraft draft, GonePhone gone)
    {
        var kept = new List<GonePhone>(draft.Health.PhonesGone.Count + 1);
        foreach (var phone in draft.Health.PhonesGone)
            if (phone.Agent != gone.Agent && gone.At - phone.At < FloorHealth.PhonesMatterFor) kept.Add(phone);
        if (kept.Count >= FloorHealth.MaxPhonesKept) kept.RemoveAt(0);
        kept.Add(gone);
        draft.Health = draft.Health with { PhonesGone = ValueArray.From(kept) };
    }

    private static void Remove(ref FloorDraft draft, string agent)
    {
        var index = draft.Health.PhonesGone.FindIndex(agent, static (phone, id) => phone.Agent == id);
        if (index >= 0) draft.Health = draft.Health with { PhonesGone = draft.Health.PhonesGone.RemoveAt(index) };
    }
}
