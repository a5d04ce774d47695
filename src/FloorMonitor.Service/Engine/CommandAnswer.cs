using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Service.Engine;

/// <summary>How a command ended.</summary>
internal abstract record CommandAnswer;

/// <summary>It was done; the floor now has the agent so (null for a command about the duty).</summary>
internal sealed record CommandDone(Agent? Agent) : CommandAnswer;

/// <summary>The gate refused it.</summary>
internal sealed record CommandRefused(Refused Refusal) : CommandAnswer;

/// <summary>There is nobody of that id.</summary>
internal sealed record NobodyOfThatId(string Agent) : CommandAnswer;

/// <summary>The switch refused an action; what came before it in the same command stays done.</summary>
internal sealed record SwitchRefused(string Feed, Text Said) : CommandAnswer;

/// <summary>The switch gave no answer in time. What it does with the action is not known; the floor will show it.</summary>
internal sealed record SwitchSilent(string Feed) : CommandAnswer;

/// <summary>More commands are waiting than the monitor lets wait.</summary>
internal sealed record TooBusy : CommandAnswer;
