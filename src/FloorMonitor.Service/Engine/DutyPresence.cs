using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;

namespace FloorMonitor.Service.Engine;

/// <summary>
/// Whether the page of the duty's holder is there (D3.8). Pages say so once a minute; only that one went or came back is an event, so that
/// the journal holds no beats. Used by the writer's thread alone.
/// </summary>
internal sealed class DutyPresence
{
    /// <summary>Two beats of a page may be late or lost before it counts as gone.</summary>
    public static readonly TimeSpan LapsesAfter = TimeSpan.FromSeconds(150);

    private string? holder;
    private DateTimeOffset heardAt;

    /// <summary>Whoever takes the duty or beats is there.</summary>
    public void Note(HouseCommand command, DateTimeOffset now)
    {
        if (command is not (TakeDuty or AcceptDuty or BeatDuty)) return;
        (holder, heardAt) = (command.By, now);
    }

    /// <summary>The holder's page went; null while it is there, or where that stands already.</summary>
    public DutyHolderUnseen? Lapsed(FloorState floor, DateTimeOffset now)
    {
        if (floor.Duty is not { UnseenSince: null } duty) return null;
        // After a start of the monitor pages get as long to come back as they get between two beats.
        if (duty.Holder != holder) (holder, heardAt) = (duty.Holder, now);
        return now - heardAt > LapsesAfter ? new DutyHolderUnseen(now, heardAt) : null;
    }
}
