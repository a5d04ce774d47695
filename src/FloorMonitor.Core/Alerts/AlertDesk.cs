using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Alerts;

/// <summary>
/// Decides who is told what and when. Pure: what happened in, decisions out; time enters as <see cref="AlertTicked"/>, so the
/// same inputs on the same floor always lead to the same messages with the same keys.
/// </summary>
public static class AlertDesk
{
    /// <summary>What follows from an input.</summary>
    /// <param name="book">What was going on.</param>
    /// <param name="input">What happened.</param>
    /// <param name="floor">The floor as it is: names, teams, who has the duty.</param>
    /// <param name="settings">Who is to be told.</param>
    public static AlertOutcome Decide(AlertBook book, AlertInput input, FloorState floor, AlertSettings settings)
    {
        var work = new AlertWork(book, floor, settings, input.At);
        switch (input)
        {
            case VerdictsChanged changed:
                work.Take(changed.Verdicts);
                break;
            case FloorFound:
                work.Reconcile();
                break;
            case AlertTicked:
                work.Tick();
                break;
            case AlertAcknowledged acknowledged:
                work.Acknowledge(acknowledged.Alert, acknowledged.By);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(input), input.GetType().Name, "Nobody decides this.");
        }

        return work.Result();
    }
}
