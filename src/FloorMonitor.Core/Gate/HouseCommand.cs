using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Gate;

/// <summary>What somebody asks of the house itself, about no single agent: the duty, its rounds, a word to a team.</summary>
/// <param name="By">Who asks.</param>
public abstract record HouseCommand(string By)
{
    /// <summary>Through which door they came.</summary>
    public GateDoor Door { get; init; }
}

/// <summary>Take the duty (D3.8).</summary>
public sealed record TakeDuty(string By) : HouseCommand(By);

/// <summary>Offer the duty to a deputy; it changes hands when that one accepts.</summary>
public sealed record HandOverDuty(string By, string To) : HouseCommand(By);

/// <summary>Accept the duty that was offered.</summary>
public sealed record AcceptDuty(string By) : HouseCommand(By);

/// <summary>Decline the duty that was offered, or take one's own offer back.</summary>
public sealed record DeclineDuty(string By) : HouseCommand(By);

/// <summary>The page of the duty's holder is there.</summary>
public sealed record BeatDuty(string By) : HouseCommand(By);

/// <summary>Record a round (P4.7).</summary>
public sealed record RecordPatrol(string By, string Seen, ValueArray<string> Concerns) : HouseCommand(By);

/// <summary>Put a picture to a round; the file lies in the data folder already.</summary>
public sealed record PicturePatrol(string By, string Patrol, string File) : HouseCommand(By);

/// <summary>Say something to everybody of a team.</summary>
public sealed record MessageTeam(string By, string Team, string Text) : HouseCommand(By);

/// <summary>What the house answers: the event that it led to, or why not.</summary>
/// <param name="Event">What happened; null where it was refused or changes nothing.</param>
/// <param name="Refusal">Why not; null where it was granted.</param>
public readonly record struct HouseAnswer(FloorEvent? Event, Refused? Refusal);

/// <summary>What may be done about the duty, its rounds and messages to teams: decided by the state alone.</summary>
public static class HouseGate
{
    /// <summary>Within this a second round of the same person is the same one, sent twice.</summary>
    private static readonly TimeSpan SamePatrol = TimeSpan.FromSeconds(10);

    /// <summary>Judges a command.</summary>
    public static HouseAnswer Ask(HouseCommand command, FloorState floor, DateTimeOffset now) => command switch
    {
        TakeDuty => new(new DutyTaken(now, command.By), null),
        HandOverDuty one => HandOver(one, floor, now),
        AcceptDuty => floor.Duty?.HandingTo == command.By
            ? new(new DutyTaken(now, command.By), null)
            : No("没有向您移交的值班", $"No duty is being handed to {command.By}"),
        DeclineDuty => Decline(command, floor, now),
        BeatDuty => Beat(command, floor, now),
        RecordPatrol one => Record(one, floor, now),
        PicturePatrol one => Picture(one, floor, now),
        MessageTeam one => HasTeam(floor, one.Team)
            ? new(new TeamMessageSent(now, one.Team, one.By, one.Text), null)
            : No($"没有班组 {one.Team}", $"There is no team {one.Team}"),
        _ => throw new ArgumentException($"The house knows no command {command.GetType().Name}.", nameof(command)),
    };

    private static HouseAnswer HandOver(HandOverDuty command, FloorState floor, DateTimeOffset now)
    {
        if (floor.Duty is not { } duty) return No("无人值班,不能移交;可以直接接班", "Nobody has the duty, so it cannot be handed over; it can be taken");
        if (command.By != duty.Holder) return No($"值班主管是 {duty.Holder},只有本人可以移交", $"{duty.Holder} holds the duty; only the holder hands it over");
        if (command.To == duty.Holder) return No("不能移交给自己", "The duty is not handed to oneself");
        return new(new DutyOffered(now, command.To, command.By), null);
    }

    private static HouseAnswer Decline(HouseCommand command, FloorState floor, DateTimeOffset now) =>
        floor.Duty is { HandingTo: { } to } duty && (command.By == to || command.By == duty.Holder)
            ? new(new DutyDeclined(now, command.By), null)
            : No("没有可谢绝或撤回的移交", "There is no handing over to decline or to take back");

    // A page that was there all along changes nothing.
    private static HouseAnswer Beat(HouseCommand command, FloorState floor, DateTimeOffset now)
    {
        if (floor.Duty?.Holder != command.By) return No("您不是当前的值班主管", $"{command.By} does not hold the duty");
        return new(floor.Duty.UnseenSince is null ? null : new DutyHolderSeen(now), null);
    }

    private static HouseAnswer Record(RecordPatrol command, FloorState floor, DateTimeOffset now) =>
        floor.DutyWatch.LastPatrol is { } last && last.By == command.By && now - last.At < SamePatrol
            ? No($"{Sentences.Clock(last.At, floor)} 刚刚记录过", $"A round was recorded at {Sentences.Clock(last.At, floor)}, a moment ago")
            : new(new PatrolRecorded(now, command.By, command.Seen, command.Concerns), null);

    private static HouseAnswer Picture(PicturePatrol command, FloorState floor, DateTimeOffset now)
    {
        foreach (var patrol in floor.DutyWatch.Patrols)
        {
            if (patrol.Id != command.Patrol) continue;
            return patrol.Picture is null ? new(new PatrolPictured(now, patrol.Id, command.File), null) : No("该巡场记录已有照片", "That round has its picture already");
        }

        return No($"没有巡场记录 {command.Patrol}", $"There is no round {command.Patrol}");
    }

    private static bool HasTeam(FloorState floor, string team)
    {
        foreach (var one in floor.Setup.Teams)
            if (one.Id == team) return true;
        foreach (var agent in floor.Setup.Agents)
            if (agent.Team == team) return true;
        return false;
    }

    private static HouseAnswer No(string zh, string en) => new(null, GateStates.No(zh, en));
}
