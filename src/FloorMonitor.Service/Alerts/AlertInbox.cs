using System.Collections.Immutable;
using System.Threading.Channels;
using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Service.Alerts;

/// <summary>
/// What the engine and people tell alerting, taken up without waiting. Changes of one verdict become its newest one; when there
/// are more verdicts than fit, they are dropped and the floor itself is looked at instead, which says the same.
/// </summary>
internal sealed class AlertInbox
{
    private const int MostVerdicts = 10_000;
    private const int MostAcknowledgements = 1_000;

    private readonly Lock gate = new();
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private Dictionary<string, Verdict> changed = new(StringComparer.Ordinal);
    private List<Asked> asked = [];
    private DateTimeOffset? tick;
    private bool mustLook = true;

    /// <summary>Wakes when there is something.</summary>
    public ChannelReader<bool> Wake => wake.Reader;

    /// <summary>Verdicts changed. Called on the writer's thread.</summary>
    public void Put(ImmutableArray<Verdict> verdicts)
    {
        lock (gate)
        {
            if (changed.Count + verdicts.Length > MostVerdicts)
            {
                changed.Clear();
                mustLook = true;
            }
            else
            {
                foreach (var verdict in verdicts) changed[verdict.Id] = verdict;
            }
        }

        wake.Writer.TryWrite(true);
    }

    /// <summary>Time passed; the newest instant stands for those before it.</summary>
    public void Tick(DateTimeOffset at)
    {
        lock (gate) tick = at;
        wake.Writer.TryWrite(true);
    }

    /// <summary>Something is there that stands on the floor itself: a message.</summary>
    public void Look() => wake.Writer.TryWrite(true);

    /// <summary>Somebody acknowledges an alert.</summary>
    /// <returns>The alert as it then is, null for none of that id; null as a task where too many ask at once.</returns>
    public Task<Alert?>? AcknowledgeAsync(string id, string by)
    {
        var answer = new TaskCompletionSource<Alert?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (asked.Count >= MostAcknowledgements) return null;
            asked.Add(new(id, by, answer));
        }

        wake.Writer.TryWrite(true);
        return answer.Task;
    }

    /// <summary>Takes everything that is there.</summary>
    public Batch Take()
    {
        lock (gate)
        {
            var batch = new Batch([.. changed.Values], asked, tick, mustLook);
            (changed, asked, tick, mustLook) = (new(StringComparer.Ordinal), [], null, false);
            return batch;
        }
    }

    /// <summary>An acknowledgement that waits for its answer.</summary>
    internal sealed record Asked(string Alert, string By, TaskCompletionSource<Alert?> Answer);

    /// <summary>What was there.</summary>
    internal sealed record Batch(ImmutableArray<Verdict> Changed, List<Asked> Asked, DateTimeOffset? Tick, bool MustLook);
}
