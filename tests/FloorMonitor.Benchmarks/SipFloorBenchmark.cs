using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Pbx.Sip;
using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.Benchmarks;

/// <summary>
/// A floor of 1,000 phones without AMI. Against a real Kamailio: how long until all are watched, whether any is lost while they are
/// refreshed (<c>FLOOR_SIP_MINUTES</c>, 1 unless named), what a phone costs. Against a peer of the fewest lines: how long from a
/// NOTIFY to the floor, alone and beside a PBX that takes a connection and never answers.
/// </summary>
public sealed class SipFloorBenchmark : IBenchmark
{
    private const int Phones = 1000;
    private const int NotifiesPerSecond = 200;
    private const int Rounds = 3;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(15);
    private static readonly int Minutes = int.TryParse(Environment.GetEnvironmentVariable("FLOOR_SIP_MINUTES"), CultureInfo.InvariantCulture, out var minutes) ? minutes : 1;
    private static readonly ValueArray<AgentSetup> Agents =
        ValueArray.From(Enumerable.Range(3000, Phones).Select(seat => new AgentSetup($"{seat}", $"Agent {seat}", "A", $"{seat}")));

    /// <inheritdoc/>
    public string Name => "sip-floor";

    /// <inheritdoc/>
    public async Task RunAsync(TextWriter output, CancellationToken stop)
    {
        await RegistrarAsync(output, stop);
        await LatencyAsync(output, stop);
    }

    private static async Task RegistrarAsync(TextWriter output, CancellationToken stop)
    {
        using var kamailio = await SipRegistrar.StartAsync(stop);
        await kamailio.RegisterAsync(Enumerable.Range(3000, Phones), stop);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var floor = new Floor(new(SipProtocol.Udp, "127.0.0.1", kamailio.Port), register: true, TimeSpan.FromMinutes(2));
        var began = Stopwatch.GetTimestamp();
        await floor.SyncedAsync(TimeSpan.FromMinutes(3), stop);
        var took = Stopwatch.GetElapsedTime(began);
        var signedIn = floor.State.Agents.Values.Count(agent => agent.State == AgentState.Available);
        var memory = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Phones;
        await output.WriteLineAsync($"sip-floor: {Phones:N0} phones × dialog + presence at Kamailio 5.6 over UDP, subscriptions of 2 min, two cores");
        await output.WriteLineAsync();
        await output.WriteLineAsync("| what | measured |");
        await output.WriteLineAsync("|---|---:|");
        await output.WriteLineAsync($"| all watched after | {took.TotalSeconds:0.0} s ({signedIn:N0} signed in) |");
        await output.WriteLineAsync($"| memory of a watched phone, floor included | {memory / 1024:0.0} KB |");
        var heard = floor.Messages;
        await Task.Delay(TimeSpan.FromMinutes(Minutes), TimeProvider.System, stop);
        var lost = floor.State.Agents.Values.Count(agent => agent.State == AgentState.Unknown);
        await output.WriteLineAsync($"| refreshed for {Minutes} min | {floor.Losses} phones lost in between, {lost} lost at the end, feed lost {floor.FeedLosses} times, {floor.Messages - heard} messages of news |");
        await output.WriteLineAsync();
    }

    private static async Task LatencyAsync(TextWriter output, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var peer = new SipPeer();
        var answering = Task.Run(() => peer.RunAsync(ending.Token), stop);
        await using var floor = new Floor(new(SipProtocol.Udp, "127.0.0.1", peer.Port), register: false, TimeSpan.FromMinutes(10));
        await floor.SyncedAsync(TimeSpan.FromMinutes(3), stop);
        // The first round warms up and is not counted; then in turn, because the machine is shared and drifts.
        await NotifyAsync(peer, floor, stop);
        using var hole = new TcpListener(IPAddress.Loopback, 0);
        hole.Start();
        var (alone, beside) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            alone.AddRange(await NotifyAsync(peer, floor, stop));
            await using var dead = new Floor(new(SipProtocol.Tcp, "127.0.0.1", ((IPEndPoint)hole.LocalEndpoint).Port), register: true, TimeSpan.FromMinutes(10));
            beside.AddRange(await NotifyAsync(peer, floor, stop));
        }

        await output.WriteLineAsync($"| NOTIFY → floor, {NotifiesPerSecond}/s over UDP, {Phones:N0} phones | p50 ms | p99 ms | most ms | NOTIFYs |");
        await output.WriteLineAsync("|---|---:|---:|---:|---:|");
        await PrintAsync(output, "alone", alone);
        await PrintAsync(output, "beside a PBX that takes a connection and never answers", beside);
        await output.WriteLineAsync();
        await ending.CancelAsync();
        await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Every phone in turn begins a call and ends it, evenly spread over each second.
    private static async Task<List<double>> NotifyAsync(SipPeer peer, Floor floor, CancellationToken stop)
    {
        floor.Latencies.Clear();
        var began = Stopwatch.GetTimestamp();
        for (var sent = 0; Stopwatch.GetElapsedTime(began) < Round; sent++)
        {
            var seat = $"{3000 + (sent % Phones)}";
            floor.Sent[seat] = Stopwatch.GetTimestamp();
            peer.Notify(seat, talks: sent / Phones % 2 == 0);
            var due = TimeSpan.FromSeconds((sent + 1.0) / NotifiesPerSecond) - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.Zero) await Task.Delay(due, TimeProvider.System, stop);
        }

        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stop);
        // Back to rest, so that the next round begins as this one did.
        foreach (var agent in floor.State.Agents.Values.Where(agent => agent.State == AgentState.OnCall)) peer.Notify(agent.Id, talks: false);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, stop);
        return [.. floor.Latencies];
    }

    private static async Task PrintAsync(TextWriter output, string what, List<double> latencies)
    {
        latencies.Sort();
        double At(double share) => latencies.Count == 0 ? double.NaN : latencies[(int)Math.Min(latencies.Count - 1, Math.Floor(latencies.Count * share))];
        await output.WriteLineAsync($"| {what} | {At(0.5):0.0} | {At(0.99):0.0} | {At(1):0.0} | {latencies.Count:N0} |");
    }

    /// <summary>A feed whose words are folded and judged as they come.</summary>
    private sealed class Floor : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly RuleBook rules = new([new Away(), new BreakLimit(), new ProperSignOut(), new SettleIn()]);
        private readonly TaskCompletionSource synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly SipFeed feed;
        private readonly Task running;
        private long entry;

        public Floor(SipTarget server, bool register, TimeSpan expires)
        {
            State = FloorFold.Apply(State, new FloorConfigured(TimeProvider.System.GetUtcNow(), FloorSetup.Default with { Feeds = [new("sip", "sip")], Agents = Agents }));
            var account = new SipUserAgent(new SipUserAgentOptions("sip", server, "monitor", "127.0.0.1", "monitor-secret") { Register = register }, TimeProvider.System);
            feed = new SipFeed(new SipFeedOptions("sip", "127.0.0.1") { Expires = expires, RoundWithin = TimeSpan.FromMinutes(2) }, account, Agents, State, TimeProvider.System);
            feed.Messages.Subscribe(message =>
            {
                foreach (var said in message.Events) Take(said);
            });
            running = Task.Run(() => feed.RunAsync(stop.Token));
        }

        public FloorState State { get; private set; } = FloorState.Empty;

        public ConcurrentDictionary<string, long> Sent { get; } = new();

        public ConcurrentBag<double> Latencies { get; } = [];

        public int Losses { get; private set; }

        public int FeedLosses { get; private set; }

        public long Messages => entry;

        public Task SyncedAsync(TimeSpan within, CancellationToken stop) => synced.Task.WaitAsync(within, TimeProvider.System, stop);

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running;
            feed.Dispose();
            stop.Dispose();
        }

        // The feed tells in order and one at a time: this is the one writer.
        private void Take(FloorEvent said)
        {
            var stamped = said with { Entry = ++entry };
            State = rules.Judge(State, FloorFold.Apply(State, stamped), stamped).State;
            switch (said)
            {
                case PhoneSeen { Phone: var phone }:
                    if (phone.Lost is not null) Losses++;
                    if (Sent.TryRemove(phone.Agent, out var at)) Latencies.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                    break;
                case FeedLost: FeedLosses++; break;
                case FeedSynced: synced.TrySetResult(); break;
            }
        }
    }
}
