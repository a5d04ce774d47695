using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Service.Engine;

/// <summary>What the journal keeps of everything that was asked of the gate.</summary>
internal static class GateAudit
{
    public static GateAnswered Of(FloorCommand command, GateAnswer answer, DateTimeOffset now) => answer is Refused refused
        ? Of(command, GateVerdict.Refused, refused.Text, now) with { Rule = refused.Rule, AllowedAt = refused.AllowedAt }
        : Of(command, GateVerdict.Granted, null, now);

    public static HouseAnswered Of(HouseCommand command, HouseAnswer answer, DateTimeOffset now) => new(
        now, command.By, command.Door, GateWords.Of(command), GateWords.DetailOf(command), answer.Refusal is null ? GateVerdict.Granted : GateVerdict.Refused, answer.Refusal?.Text);

    public static GateAnswered Failed(FloorCommand command, CommandAnswer failure, DateTimeOffset now)
    {
        var text = failure switch
        {
            SwitchRefused refused => new Text($"交换机未执行:{refused.Said.Zh}", $"The switch did not do it: {refused.Said.En}"),
            SwitchSilent => new Text("交换机没有答复", "The switch did not answer"),
            _ => new Text("繁忙,未执行", "Too busy: it was not done"),
        };
        return Of(command, GateVerdict.Failed, text, now);
    }

    private static GateAnswered Of(FloorCommand command, GateVerdict answer, Text? text, DateTimeOffset now) =>
        new(now, command.Agent, command.By, command.Door, GateWords.Of(command), GateWords.DetailOf(command), answer, null, text, null);
}
