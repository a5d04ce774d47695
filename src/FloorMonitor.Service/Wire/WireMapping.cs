using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Engine;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Wire;

/// <summary>One thing of the floor as it leaves the house.</summary>
internal static class WireMapping
{
    // A page shows the newest; what is older comes when those are read.
    private const int MessagesShown = 5;

    public static WireAgent Of(Agent agent, WireHour hour, WireTicket? ticket, DateTimeOffset? warnAt, DateTimeOffset? lockedUntil, WireCph? cph, WorkShift? shift, IReadOnlyList<WireBreakKind> limits) => new(
        agent.Id,
        agent.Name,
        agent.Team,
        WireWords.Of(agent.State),
        agent.Since,
        agent.Session is { LeftAt: null } session ? session.SignedInAt : null,
        agent.Seat,
        [.. agent.Members.Select(member => member.Queue).Order(StringComparer.Ordinal)],
        [.. agent.Members.Where(member => member.Paused).Select(member => member.Queue).Order(StringComparer.Ordinal)],
        agent.Break is { } taken ? new(taken.Kind, taken.Reason, taken.Since, taken.EndsAt) { WarnAt = warnAt, Hour = taken.Hour } : null,
        agent.Call is { } call ? new(call.Id, call.Queue, WireWords.Of(call.Direction), call.Since, call.Answered, call.HeldSince, Masking.Mask(call.Party)) : null,
        agent.WrapUp?.EndsAt,
        agent.HandRaisedAt,
        hour)
    {
        LockedUntil = lockedUntil,
        Cph = cph,
        Ticket = ticket,
        HandAcknowledgedAt = agent.HandAcknowledgedAt,
        HandAcknowledgedBy = agent.HandAcknowledgedBy,
        Messages = agent.Messages.IsEmpty ? [] : [.. agent.Messages.Where(message => message.ReadAt is null).TakeLast(MessagesShown).Select(Of)],
        Limits = limits,
        Shift = shift is null ? null : Of(shift, agent),
        Grants = [.. agent.Grants.Select(grant => new WireGrant(grant.Id, grant.Allow, grant.Reason, grant.By, grant.At, grant.Until))],
        Phones = agent.Sights.IsEmpty ? [] : [.. agent.Sights.Select(Of)],
    };

    public static WirePhone Of(PhoneSight sight) => new(
        sight.Feed,
        WireWords.Of(sight.Phone.Phone),
        sight.Phone.Word,
        sight.Since,
        sight.Phone.Direction is { } direction ? WireWords.Of(direction) : null,
        Masking.Mask(sight.Phone.Party),
        sight.Phone.Lost is { } lost ? Of(lost) : null,
        sight.DisagreesSince);

    private static WireMessage Of(AgentMessage message) => new(
        message.Id, message.At, message.From, message.Text, message.ReadAt, message.Phone is { } phone ? new(WireWords.Of(phone.State), phone.At, phone.Said) : null);

    public static WirePatrol Of(Patrol patrol) =>
        new(patrol.Id, patrol.At, patrol.By, patrol.Seen, [.. patrol.Concerns], patrol.Picture is null ? null : $"/api/patrols/{patrol.Id}/photo");

    public static WireDuty Of(Duty duty, FloorState floor) =>
        new(duty.Holder, floor.Agents.GetValueOrDefault(duty.Holder)?.Name ?? duty.Holder, duty.Since, duty.UnseenSince);

    private static WireShift Of(WorkShift shift, Agent agent) => new(
        shift.Name, shift.Date, shift.StartsAt, shift.EndsAt, shift.Seat, WireWords.Of(shift.Status),
        agent.Attendance is { } known && known.IsOf(shift) ? known.MusteredAt : null);

    public static WireVerdict Of(Verdict verdict, FloorState floor) => new(
        verdict.Id,
        verdict.Rule,
        verdict.Clause,
        WireWords.Of(verdict.Severity),
        new(verdict.Subject.Kind, verdict.Subject.Id, NameOf(verdict.Subject, floor)),
        verdict.OpenedAt,
        verdict.ClosedAt,
        Of(verdict.Text),
        [.. verdict.Evidence],
        [.. verdict.Gaps.Select(gap => new WireGap(gap.Since, gap.Until))],
        WireWords.Of(verdict.Status),
        [.. verdict.History.Select(step => new WireStep(step.At, step.By, step.Step, Of(step.Note)))])
    {
        ClauseText = Clause(verdict.Clause),
        ThresholdMs = Ms(verdict.ThresholdTime),
        Threshold = verdict.ThresholdTime is null ? verdict.Threshold : null,
        MeasuredMs = Ms(verdict.MeasuredTime),
        Measured = verdict.MeasuredTime is null ? verdict.Measured : null,
        Concerns = verdict.Concerns,
        Disposition = verdict.Disposition is { } said ? new(said.Step, said.By, said.At, said.Reason) : null,
    };

    /// <summary>A clause as each language's handbook prints it.</summary>
    public static WireText Clause(string clause) => new(Sentences.ClauseZh(clause), clause);

    public static WireText Of(Text text) => new(text.Zh, text.En);

    public static WireFeed Of(Feed feed) => new(feed.Name, feed.Kind, WireWords.Of(feed.State), feed.Since, feed.Reason);

    public static WireStore Of(StoreHealth health) => new(WireWords.Of(health.State), health.Since, health.Backlog, health.Note);

    public static WireNote Of(DeskNote note) => new(note.Key, Of(note.Text), note.Since);

    public static WireEvidence Of(JournalEntry entry) => new(
        entry.Id, entry.At, entry.Source, Masking.MaskWithin(entry.Raw), [.. entry.Events.Select(said => said.GetType().Name)]);

    public static long? Ms(TimeSpan? duration) => duration is { } time ? (long)time.TotalMilliseconds : null;

    private static string NameOf(Subject subject, FloorState floor) => subject.Kind switch
    {
        "agent" => floor.Agents.GetValueOrDefault(subject.Id)?.Name,
        "queue" => floor.Queues.GetValueOrDefault(subject.Id)?.Label,
        "team" => floor.Setup.Teams.FirstOrDefault(team => team.Id == subject.Id)?.Label,
        _ => null,
    } ?? subject.Id;
}
