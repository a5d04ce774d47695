using System.Globalization;

namespace FloorMonitor.Core.Floor;

/// <summary>The duty: taken, handed on, left; whether its holder is there; the rounds.</summary>
internal static class DutyFold
{
    /// <summary>
    /// A floor that says when it is open, by its hours or by its shifts, is asked for a duty supervisor from its first moment on; any other
    /// once it had one.
    /// </summary>
    public static void Configured(ref FloorDraft draft, FloorConfigured e)
    {
        if (draft.Duty is not null || draft.DutyWatch.VacantSince is not null || (draft.Setup.OpeningHours.IsEmpty && draft.Setup.Shifts.IsEmpty)) return;
        draft.DutyWatch = draft.DutyWatch with { VacantSince = e.At, VacantEntry = e.Entry };
    }

    public static void Taken(ref FloorDraft draft, DutyTaken e)
    {
        if (draft.Duty?.Holder == e.Holder)
        {
            // Taken by the one who has it: an offer to another is over with that.
            if (draft.Duty is { HandingTo: not null } held) draft.Duty = held with { HandingTo = null, HandingSince = null };
            return;
        }

        draft.Duty = e.Holder is null ? null : new(e.Holder, e.At) { Entry = e.Entry };
        draft.DutyWatch = e.Holder is null
            ? draft.DutyWatch with { VacantSince = e.At, VacantEntry = e.Entry, CoveredSince = null }
            : draft.DutyWatch with { VacantSince = null, VacantEntry = 0, CoveredSince = draft.DutyWatch.CoveredSince ?? e.At };
    }

    public static void Offered(ref FloorDraft draft, DutyOffered e)
    {
        if (draft.Duty is { } duty && duty.Holder != e.To && duty.HandingTo != e.To) draft.Duty = duty with { HandingTo = e.To, HandingSince = e.At };
    }

    public static void Declined(ref FloorDraft draft)
    {
        if (draft.Duty is { HandingTo: not null } duty) draft.Duty = duty with { HandingTo = null, HandingSince = null };
    }

    public static void Unseen(ref FloorDraft draft, DutyHolderUnseen e)
    {
        if (draft.Duty is not { UnseenSince: null } duty) return;
        // Nobody was awaited before the duty was theirs.
        draft.Duty = duty with { UnseenSince = e.Since > duty.Since ? e.Since : duty.Since };
    }

    public static void Seen(ref FloorDraft draft)
    {
        if (draft.Duty is { UnseenSince: not null } duty) draft.Duty = duty with { UnseenSince = null };
    }

    public static void Patrolled(ref FloorDraft draft, PatrolRecorded e)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"p{e.Entry}");
        var known = draft.DutyWatch.Patrols;
        if (known.FindIndex(id, static (one, same) => one.Id == same) >= 0) return;
        if (known.Count >= DutyWatch.MaxPatrols) known = known.RemoveAt(0);
        draft.DutyWatch = draft.DutyWatch with { Patrols = known.Add(new(id, e.At, e.By, e.Seen, e.Concerns, e.Entry) { IsAnothers = draft.Duty?.Holder != e.By }) };
    }

    public static void Pictured(ref FloorDraft draft, PatrolPictured e)
    {
        var known = draft.DutyWatch.Patrols;
        var at = known.FindIndex(e.Patrol, static (one, id) => one.Id == id);
        if (at < 0 || known[at].Picture is not null) return;
        draft.DutyWatch = draft.DutyWatch with { Patrols = known.SetItem(at, known[at] with { Picture = e.File }) };
    }
}
