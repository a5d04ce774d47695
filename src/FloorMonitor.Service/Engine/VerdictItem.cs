using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Service.Engine;

/// <summary>Somebody says something about a verdict.</summary>
/// <param name="Verdict">Which.</param>
/// <param name="Step">What: a word of <see cref="Dispositions"/>.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why; null for none.</param>
/// <param name="Door">Through which door they came.</param>
/// <param name="Stored">The verdict as the store had it, where it was no longer open.</param>
/// <param name="Answer">Told how it ended.</param>
internal sealed record VerdictAsked(
    string Verdict, string Step, string By, string? Reason, GateDoor Door, Verdict? Stored, TaskCompletionSource<VerdictAnswer> Answer) : EngineItem;

/// <summary>How it ended.</summary>
internal abstract record VerdictAnswer;

/// <summary>It stands in the verdict's history.</summary>
internal sealed record VerdictTold(Verdict Verdict) : VerdictAnswer;

/// <summary>It may not be said now.</summary>
internal sealed record VerdictRefused(Text Why) : VerdictAnswer;

/// <summary>It closed while the asking was under way: the store has it by now, look again.</summary>
internal sealed record VerdictMoved : VerdictAnswer;

/// <summary>Somebody excuses a whole shift; answered when what is open of it is excused and what opens from here on will be.</summary>
internal sealed record ShiftExcuseAsked(
    DateOnly Date, string Shift, string? Rule, string By, string Reason, TaskCompletionSource<int> Answer) : EngineItem;
