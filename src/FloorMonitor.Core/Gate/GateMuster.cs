using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Gate;

/// <summary>Presence before the shift (D2.1): who may be said to be here, and when.</summary>
internal static class GateMuster
{
    /// <summary>A roll is called by somebody else; a check-in is one's own.</summary>
    public static GateAnswer Ask(FloorCommand command, Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (command is CheckIn && command.By != agent.Id) return GateStates.No("签到须由本人进行;班组长请用点名", "A check-in is one's own; a lead calls the roll");
        if (command is RollCall && command.By == agent.Id) return GateStates.No("点名须由班组长进行;本人请签到", "A roll is called by the lead; check in yourself");
        if (AttendanceFold.ShiftToMuster(floor.Setup, agent.Id, now) is not { } shift)
        {
            var next = Roster.Of(floor, agent.Id, now);
            return next is { IsWorked: true } && next.StartsAt > now
                ? new Refused(null, null, new(
                    $"班次 {next.Name} 于 {Sentences.Clock(next.StartsAt, floor)} 开始,最早提前 {Sentences.Zh(AttendanceFold.MusterFrom)}签到",
                    $"Shift {next.Name} starts at {Sentences.Clock(next.StartsAt, floor)}; check in at most {Sentences.En(AttendanceFold.MusterFrom)} before"), next.StartsAt - AttendanceFold.MusterFrom)
                : GateStates.No("排班表中没有可签到的班次", "The roster knows of no shift to check in for");
        }

        if (agent.Attendance is { MusteredAt: { } at } known && known.IsOf(shift))
        {
            var when = Sentences.Clock(at, floor);
            return GateStates.No($"已于 {when} 签到", $"Present already since {when}");
        }

        return new Granted([]);
    }
}
