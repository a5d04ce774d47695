using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;
using FloorMonitor.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace FloorMonitor.Service.Hosting;

/// <summary><c>check</c>: validates the configuration, probes PBXs and store, and says what it found.</summary>
internal static class CheckCommand
{
    /// <summary>How long a PBX may take to tell everything it holds.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(20);

    private const int Named = 8;

    /// <summary>0: all is well; 1: something was not reached; 2: the configuration is wrong.</summary>
    public static async Task<int> RunAsync(string? directory, TextWriter console)
    {
        if (ConfigDirectory.Load(ConfigDirectory.Find(directory), console) is not { } config) return 2;
        console.WriteLine($"configuration: {Path.GetFullPath(config.Directory)}");
        console.WriteLine($"  site {config.Setup.Site}, {config.Setup.TimeZone}, {config.Setup.Agents.Count} agents, {config.Setup.Teams.Count} teams, {config.Setup.Queues.Count} queues, {config.Rules.Length} rules, {Counted(config.Walls.Count, "wall")}");
        foreach (var remark in config.Remarks) console.WriteLine($"  {remark}");
        SayRoster(config, console);
        Say(config.Alerts, config.Setup, console);
        await using var factory = new FeedFactory(TimeProvider.System, NullLoggerFactory.Instance);
        return await ProbeAsync(config, factory, new HostSettings().DataDirectory, TimeProvider.System, console) ? 0 : 1;
    }

    /// <summary>Probes everything that the configuration names; false where something was not reached.</summary>
    internal static async Task<bool> ProbeAsync(FloorConfig config, IFeedFactory factory, string dataDirectory, TimeProvider time, TextWriter console)
    {
        // All at once, so that three silent switches cost one wait; said in the order of the file.
        var probes = config.Pbxs.AsSpan().ToArray().Select(pbx => Begin(pbx, config, factory, time)).ToList();
        var well = true;
        foreach (var (pbx, remark, answer) in probes) well &= Say(pbx, remark, await answer, config.Setup, console);
        return await StoreIsWellAsync(config, dataDirectory, console) && well;
    }

    /// <summary>Says how long the roster is, or which rules are silent for want of one.</summary>
    internal static void SayRoster(FloorConfig config, TextWriter console)
    {
        foreach (var error in config.LeftOut) console.WriteLine($"  left out: {error}");
        if (Roster.IsKept(config.Setup))
        {
            console.WriteLine($"  roster: {Counted(config.Setup.Roster.Count, "line")}, {Counted(config.Setup.Shifts.Count, "shift")}");
            return;
        }

        var silent = config.Rules.Where(rule => rule is { NeedsRoster: true, Enabled: true }).Select(rule => rule.Id).ToList();
        console.WriteLine($"  no {RosterFile.Name}: silent without one: {(silent.Count == 0 ? "none" : string.Join(", ", silent))}; the hours of the break count from the sign-in");
    }

    // The service that runs here already listens on the port; what a PBX can reach of another one is still worth to be known.
    private static (PbxConfig Pbx, string? Remark, Task<FloorEvent?> Answer) Begin(PbxConfig pbx, FloorConfig config, IFeedFactory factory, TimeProvider time)
    {
        var probed = pbx;
        string? remark = null;
        if (pbx.Sip is { } sip && FeedFactory.AccountOf(pbx, sip).Transport.WhatKeepsFromListening(sip.Transport) is { } taken)
        {
            remark = $"{taken} (the service that runs may have it); asked from a free port";
            probed = pbx with { Sip = sip with { Listen = sip.Listen with { At = new(sip.Listen.At.Address, 0) } } };
        }

        return (pbx, remark, ProbeAsync(factory.Create(probed, config, FloorState.Empty), time));
    }

    private static async Task<FloorEvent?> ProbeAsync(FeedLink link, TimeProvider time)
    {
        using var stop = new CancellationTokenSource(AnswerWithin, time);
        var answer = new TaskCompletionSource<FloorEvent?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var silence = stop.Token.Register(() => answer.TrySetResult(null));
        using var messages = link.Feed.Messages.Subscribe(message =>
        {
            foreach (var said in message.Events)
                if (said is FeedSynced or FeedLost) answer.TrySetResult(said);
        });
        var running = Task.Run(() => link.Feed.RunAsync(stop.Token), CancellationToken.None);
        var found = await answer.Task;
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        link.Owner?.Dispose();
        return found;
    }

    internal static void Say(AlertConfig alerts, FloorSetup setup, TextWriter console)
    {
        var settings = alerts.Settings;
        console.WriteLine(settings.Routes.IsEmpty
            ? "alerts: on desk and wall only"
            : $"alerts: {Counted(settings.Routes.Count, "route")}, {settings.People.Count} people, {Counted(settings.Ladders.Count, "escalation")}{(alerts.PublicUrl is { } url ? $", links to {url}" : ", no links to acknowledge by (links: url)")}");
        foreach (var channel in alerts.Channels) console.WriteLine($"  {channel.Spoken}");
        if (alerts.Channels.Any(channel => channel is SipConfig) && setup.Feeds.All(feed => feed.Kind != "sip"))
            console.WriteLine($"  {AlertChannelsSection.Sip} reaches nobody: {FloorFile.Name} has no PBX of kind sip, so its messages wait and become dead letters");
        console.WriteLine(settings.Phones is { } phones ? $"messages to agents: on their page and by {phones} to their phone" : "messages to agents: on their page alone");
    }

    private static bool Say(PbxConfig pbx, string? remark, FloorEvent? answer, FloorSetup setup, TextWriter console)
    {
        var where = pbx.Kind == PbxKind.Simulated ? "simulated"
            : pbx.Sip is { } sip ? $"sip:{pbx.Username}@{sip.Domain} at {pbx.Host}:{pbx.Port} {sip.Transport.ToString().ToLowerInvariant()}{Reached(sip.Listen)}"
            : $"{pbx.Username}@{pbx.Host}:{pbx.Port}{(pbx.Tls ? " tls" : "")}";
        console.WriteLine($"PBX {pbx.Name} ({where}):");
        if (remark is not null) console.WriteLine($"  {remark}");
        switch (answer)
        {
            case FeedSynced synced:
                if (pbx.Sip is null) Say(synced.Snapshot, setup, console);
                else Say(synced.Snapshot.Phones, console);
                return true;
            case FeedLost lost:
                console.WriteLine($"  not reached: {lost.Reason}");
                return false;
            default:
                console.WriteLine($"  no answer within {AnswerWithin.TotalSeconds:0} s");
                return false;
        }
    }

    private static void Say(ValueArray<SeenPhone> phones, TextWriter console)
    {
        var seen = phones.AsSpan().ToArray();
        int Are(params PhoneState[] states) => seen.Count(phone => phone.Lost is null && states.Contains(phone.Phone));
        console.WriteLine(
            $"  {Counted(seen.Length, "phone")}: {Are(PhoneState.Idle)} idle, {Are(PhoneState.Ringing, PhoneState.InUse, PhoneState.OnHold)} on a call, {Are(PhoneState.Unreachable)} not registered");
        foreach (var why in seen.Where(phone => phone.Lost is not null).GroupBy(phone => phone.Lost!.En))
            console.WriteLine($"  {Counted(why.Count(), "phone")} out of sight: {why.Key} ({Some(why.Select(phone => phone.Agent))})");
        if (seen.Length == 0) console.WriteLine($"  no interface of {AgentsFile.Name} is a phone of this PBX's domain");
    }

    private static void Say(FeedSnapshot seen, FloorSetup setup, TextWriter console)
    {
        if (seen.SwitchStartedAt is { } started) console.WriteLine($"  the switch runs since {started:yyyy-MM-dd HH:mm:ss} UTC");
        console.WriteLine($"  {Counted(seen.Queues.Count, "queue")}: {Some(seen.Queues.Select(queue => $"{queue.Name} ({seen.Members.Count(member => member.Queue == queue.Name)})"))}");
        var agents = seen.Members.Select(member => member.Agent).Distinct(StringComparer.Ordinal).ToList();
        console.WriteLine($"  {Counted(agents.Count, "member")}, {seen.Callers.Count} waiting, {Counted(seen.Calls.Count, "call")}");
        var strangers = seen.Members.Where(member => setup.Agents.All(agent => agent.Id != member.Agent)).Select(member => member.Address).Distinct(StringComparer.Ordinal).ToList();
        if (strangers.Count > 0) console.WriteLine($"  not in {AgentsFile.Name}, shown by their address: {Some(strangers)}");
        var queues = setup.Queues.Select(queue => queue.Name).Where(name => seen.Queues.All(queue => queue.Name != name)).ToList();
        if (queues.Count > 0) console.WriteLine($"  in {FloorFile.Name} but not on the switch: {Some(queues)}");
    }

    private static async Task<bool> StoreIsWellAsync(FloorConfig config, string dataDirectory, TextWriter console)
    {
        var what = config.Store == StoreOptions.Embedded ? "embedded" : "Redis";
        if (await StoreProbe.RunAsync(new StoreOptions(dataDirectory, config.Store, config.Setup.Site), CancellationToken.None) is { } trouble)
        {
            console.WriteLine($"store ({what}): {trouble}");
            return false;
        }

        console.WriteLine($"store ({what}): well; data folder {Path.GetFullPath(dataDirectory)}");
        return true;
    }

    private static string Reached(SipListenConfig listen) =>
        listen.At.Port == 0 ? "" : $", reached at {(listen.Contact is { } contact ? $"{contact}:{listen.At.Port}, listening on " : "")}{listen.At}";

    private static string Counted(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private static string Some(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count == 0 ? "none" : string.Join(", ", all.Take(Named)) + (all.Count > Named ? $" and {all.Count - Named} more" : "");
    }
}
