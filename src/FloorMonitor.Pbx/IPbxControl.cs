using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Pbx;

/// <summary>Actions out: the same link, told to do something.</summary>
public interface IPbxControl
{
    /// <summary>Does it at the switch and waits for its answer. Its effect comes back as an ordinary event.</summary>
    /// <returns>What the switch answered; never throws for what a switch or a network does.</returns>
    ValueTask<ControlResult> ExecuteAsync(PbxAction action, CancellationToken stop);
}

/// <summary>What the switch answered.</summary>
/// <param name="Done">Whether it did it (also when it already was so).</param>
/// <param name="Answer">Its words, or why there are none.</param>
public sealed record ControlResult(bool Done, Text Answer)
{
    /// <summary>What the switch said in its own words, which are the same in every language of the house.</summary>
    public ControlResult(bool done, string itsWords)
        : this(done, new Text(itsWords, itsWords))
    {
    }
}
