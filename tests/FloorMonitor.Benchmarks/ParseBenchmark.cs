using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx;
using FloorMonitor.Pbx.Ami;

namespace FloorMonitor.Benchmarks;

/// <summary>AMI bytes to events: beside merely counting frames, the physical limit, and beside the npm libraries, on the same bytes.</summary>
public sealed class ParseBenchmark : IBenchmark
{
    private const int Rounds = 5;

    private static readonly DateTimeOffset Noon = DateTimeOffset.FromUnixTimeSeconds(1795418200);

    private readonly TimeProvider time = TimeProvider.System;

    /// <inheritdoc/>
    public string Name => "parse";

    /// <inheritdoc/>
    public async Task RunAsync(TextWriter output, CancellationToken stop)
    {
        var bytes = ParseStream.Make();
        var frames = ParseStream.CountFrames(bytes);
        await output.WriteLineAsync($"parse: {bytes.Length / 1_000_000} MB, {frames:N0} messages, medians of {Rounds} alternating rounds");
        await output.WriteLineAsync($"allocated for an event that is filtered out: {AllocatedPerFilteredEvent():0.###} bytes");

        var figures = new Dictionary<string, List<double>>();
        var peers = await ParsePeers.InstallAsync(output, stop);
        for (var round = -1; round < Rounds; round++)
        {
            // Round -1 warms up and is not counted.
            await NoteAsync("counting frames", async () => Expect(frames, await ParseStream.CountFramesAsync(new MemoryStream(bytes), long.MaxValue, stop)));
            await NoteAsync("our parser, the feed's filter", async () => Expect(frames, await ParseAsync(bytes, null, stop)));
            await NoteAsync("our parser + translator + fold", async () => Expect(frames, await ParseAsync(bytes, new Floor(), stop)));
            await NoteAsync("counting frames on a socket", () => CountOnSocketAsync(bytes, frames, stop));
            await NoteAsync("our feed on a socket", () => FeedOnSocketAsync(bytes, null, stop));
            await NoteAsync("our feed + fold on a socket", () => FeedOnSocketAsync(bytes, new Floor(), stop));
            if (!peers || round is not (0 or 1 or 2)) continue;
            foreach (var library in new[] { "yana", "asterisk-manager" })
            {
                var (events, seconds) = await ParsePeers.MeasureAsync(library, bytes, stop);
                Note(library, events / seconds);
            }

            async Task NoteAsync(string name, Func<Task> run)
            {
                GC.Collect();
                var began = time.GetTimestamp();
                await run();
                if (round >= 0) Note(name, frames / time.GetElapsedTime(began).TotalSeconds);
            }
        }

        await PrintAsync(output, figures);

        void Note(string name, double perSecond)
        {
            if (!figures.TryGetValue(name, out var all)) figures[name] = all = [];
            all.Add(perSecond);
        }
    }

    private static async Task PrintAsync(TextWriter output, Dictionary<string, List<double>> figures)
    {
        var medians = figures.ToDictionary(row => row.Key, row => row.Value.Order().ElementAt(row.Value.Count / 2));
        await output.WriteLineAsync();
        await output.WriteLineAsync("| reader | messages/s | × counting | × yana |");
        await output.WriteLineAsync("|---|---:|---:|---:|");
        foreach (var (name, median) in medians)
        {
            var limit = medians[name.EndsWith("socket", StringComparison.Ordinal) ? "counting frames on a socket" : "counting frames"];
            var yana = medians.TryGetValue("yana", out var peer) ? (median / peer).ToString("0.0", CultureInfo.InvariantCulture) : "";
            await output.WriteLineAsync($"| {name} | {ParsePeers.Show(median)} | {(median / limit).ToString("0.00", CultureInfo.InvariantCulture)} | {yana} |");
        }
    }

    /// <summary>The feed's own way: a pipe reader over a stream, whole messages off its front.</summary>
    private static async Task<long> ParseAsync(byte[] bytes, Floor? floor, CancellationToken stop)
    {
        var parser = new AmiParser(AmiEventSet.Feed, AmiLimits.Default, expectBanner: false);
        var reader = PipeReader.Create(new MemoryStream(bytes), new StreamPipeReaderOptions(bufferSize: 64 * 1024, minimumReadSize: 4096));
        while (true)
        {
            var result = await reader.ReadAsync(stop);
            var buffer = result.Buffer;
            while (parser.TryRead(ref buffer, out var message)) floor?.Take(message);
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (!result.IsCompleted) continue;
            await reader.CompleteAsync();
            return parser.Messages;
        }
    }

    private static async Task CountOnSocketAsync(byte[] bytes, long frames, CancellationToken stop)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ParsePeers.ServeAsync(listener, bytes, stop, end: "");
        using (var client = new TcpClient())
        {
            await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, stop);
            await client.GetStream().WriteAsync("Action: login\r\n\r\n"u8.ToArray(), stop);

            // The answer to the login is a frame, too.
            Expect(frames + 1, await ParseStream.CountFramesAsync(client.GetStream(), frames + 1, stop));
        }

        await serving;
    }

    /// <summary>The whole feed: login, snapshot, then everything as live events to a subscriber that folds them or only looks for the last.</summary>
    private async Task FeedOnSocketAsync(byte[] bytes, Floor? floor, CancellationToken stop)
    {
        const string end = "Event: QueueCallerAbandon\r\nQueue: end-of-stream\r\nUniqueid: 0.0\r\n\r\n";
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ParsePeers.ServeAsync(listener, bytes, stop, "CoreShowChannels", end);
        var options = new AmiFeedOptions("main", "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, "floor", "floor");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using (var feed = new AmiFeed(options, new AgentDirectory(FloorSetup.Default), time))
        {
            var last = new LastEvent(floor);
            feed.Messages.Subscribe(last);
            var running = feed.RunAsync(ending.Token);
            await last.Seen;
            await ending.CancelAsync();
            await running;
        }

        await serving;
    }

    private static double AllocatedPerFilteredEvent()
    {
        const int events = 100_000;
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(
            "Event: VarSet\r\nPrivilege: dialplan,all\r\nChannel: PJSIP/1001-00000001\r\nVariable: DIALSTATUS\r\nValue: ANSWER\r\n\r\n", events)));
        var parser = new AmiParser(AmiEventSet.Feed, AmiLimits.Default, expectBanner: false);
        for (var warm = 0; warm < 2; warm++)
        {
            var buffer = new System.Buffers.ReadOnlySequence<byte>(bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            parser.TryRead(ref buffer, out _);
            if (warm == 1) return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / events;
        }

        return double.NaN;
    }

    private static void Expect(long expected, long found)
    {
        if (found != expected) throw new InvalidOperationException($"{found} messages were read of {expected}.");
    }

    /// <summary>A floor that takes every message as the engine does.</summary>
    private sealed class Floor
    {
        private readonly AmiTranslator translator = new("main", new AgentDirectory(FloorSetup.Default), new SwitchClock());
        private FloorState state;
        private long entry;

        public Floor()
        {
            state = FloorFold.Apply(FloorState.Empty, new FloorConfigured(Noon, FloorSetup.Default with { Feeds = [new("main", "ami")] }));
            state = FloorFold.Apply(state, new FeedSynced(Noon, "main", new(Noon.AddHours(-1), [], [], [], [])));
        }

        public void Take(AmiMessage message)
        {
            if (translator.Translate(message, Noon.AddMilliseconds(entry)) is { } @event) Take(@event);
        }

        public void Take(FloorEvent @event) => state = FloorFold.Apply(state, @event with { Entry = ++entry });
    }

    private sealed class LastEvent(Floor? floor) : IObserver<FeedMessage>
    {
        private readonly TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => seen.Task;

        public void OnNext(FeedMessage value)
        {
            floor?.Take(value.Events[0]);
            if (value.Events[0] is CallerAbandoned { Queue: "end-of-stream" }) seen.TrySetResult();
            else if (value.Events[0] is FeedLost lost) seen.TrySetException(new InvalidOperationException(lost.Reason));
        }

        public void OnCompleted() => seen.TrySetCanceled();

        public void OnError(Exception error) => seen.TrySetException(error);
    }
}
