using System.Collections.Concurrent;
using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx;
using FloorMonitor.Pbx.Sip;
using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Engine;

/// <summary>A feed with its control, and whatever must be ended with it (the simulated PBX).</summary>
internal sealed record FeedLink(IPbxFeed Feed, IPbxControl Control, IDisposable? Owner = null);

/// <summary>Makes the link to a configured PBX; the agents of the configuration are who its addresses are mapped to.</summary>
internal interface IFeedFactory
{
    /// <param name="pbx">The PBX.</param>
    /// <param name="config">The configuration that it is a part of.</param>
    /// <param name="known">The floor as it is known: what a PBX does not keep (breaks of a SIP floor) the next feed takes up from there.</param>
    FeedLink Create(PbxConfig pbx, FloorConfig config, FloorState known);
}

/// <summary>Runs the configured feeds, and exchanges those whose configuration changed.</summary>
internal sealed class FeedHost(IFeedFactory factory, FeedIntake intake, ILogger<FeedHost> log)
{
    private readonly ConcurrentDictionary<string, Running> running = new(StringComparer.Ordinal);
    private readonly List<Task> ending = [];

    /// <summary>The control of a feed; null when there is no such feed.</summary>
    public IPbxControl? ControlOf(string feed) => running.TryGetValue(feed, out var found) ? found.Link.Control : null;

    /// <summary>The account by which texts can be sent to phones: that of the first PBX of kind sip that runs; null where there is none.</summary>
    public ISipUserAgent? PhoneAccount =>
        running.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Link.Feed).OfType<SipFeed>().FirstOrDefault()?.Account;

    /// <summary>
    /// Starts what is new, ends what is gone, exchanges what changed. A change of agents.csv exchanges every feed: who sits
    /// behind an address is decided where the address is read.
    /// </summary>
    public void Apply(FloorConfig config, FloorState known)
    {
        foreach (var (name, old) in running)
        {
            if (config.Pbxs.FirstOrDefault(pbx => pbx.Name == name) is { } same && same == old.Pbx && old.Agents == config.Setup.Agents) continue;
            if (!running.TryRemove(name, out var gone)) continue;
            intake.Remove(name);
            ending.Add(EndAsync(gone));
            log.LogInformation("Feed {Feed} is left or exchanged", name);
        }

        foreach (var pbx in config.Pbxs.Where(pbx => !running.ContainsKey(pbx.Name)))
            running[pbx.Name] = Start(pbx, config, known);

        ending.RemoveAll(task => task.IsCompletedSuccessfully);
    }

    /// <summary>Ends all feeds and waits until they have.</summary>
    public async Task StopAsync()
    {
        foreach (var name in running.Keys)
            if (running.TryRemove(name, out var gone)) ending.Add(EndAsync(gone));
        await Task.WhenAll(ending);
    }

    private Running Start(PbxConfig pbx, FloorConfig config, FloorState known)
    {
        var link = factory.Create(pbx, config, known);
        intake.Add(link.Feed);
        var stop = new CancellationTokenSource();
        return new(pbx, config.Setup.Agents, link, stop, Task.Run(() => FollowAsync(link.Feed, stop.Token)));
    }

    private async Task FollowAsync(IPbxFeed feed, CancellationToken stop)
    {
        try
        {
            await feed.RunAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked for: that is how a feed ends.
        }
        catch (Exception bug)
        {
            // A feed must not end by itself; if one does, what it said last must not be shown as what is.
            log.LogCritical(bug, "Feed {Feed} ended; it stays lost until the configuration or the service is started anew", feed.Name);
            intake.Resync(feed.Name, $"a bug ended the link: {bug.GetType().Name}");
        }
    }

    private static async Task EndAsync(Running gone)
    {
        await gone.Stop.CancelAsync();
        await gone.Task;
        gone.Link.Owner?.Dispose();
        gone.Stop.Dispose();
    }

    private sealed record Running(PbxConfig Pbx, ValueArray<AgentSetup> Agents, FeedLink Link, CancellationTokenSource Stop, Task Task);
}
