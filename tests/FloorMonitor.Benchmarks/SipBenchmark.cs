using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using FloorMonitor.Pbx.Sip;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.Benchmarks;

/// <summary>
/// SIP: reading NOTIFYs beside counting them, and 1,000 phones watched for two packages each against a scripted notifier on loopback.
/// <c>FLOOR_SIP_SOAK</c> (seconds, 30) is how long they are watched.
/// </summary>
internal sealed class SipBenchmark : IBenchmark
{
    private const int Phones = 1000;
    private const int NotifiesPerSecond = 200;

    private const string Body = "<?xml version=\"1.0\"?>\n<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"2\" state=\"full\" entity=\"sip:201@pbx.test\">\n"
        + "  <dialog id=\"d1\" call-id=\"call-1@ext\" local-tag=\"lt1\" remote-tag=\"rt1\" direction=\"recipient\">\n    <state>trying</state>\n    <remote>\n"
        + "      <identity display=\"Caller &amp; Co\">sip:0301234567@trunk.example</identity>\n      <target uri=\"sip:0301234567@trunk.example\"/>\n    </remote>\n  </dialog>\n</dialog-info>\n";

    /// <inheritdoc/>
    public string Name => "sip";

    /// <inheritdoc/>
    public async Task RunAsync(TextWriter output, CancellationToken stop)
    {
        await ReadAsync(output);
        await output.WriteLineAsync("\n| 1,000 phones × 2 packages | all subscribed | requests refused, timed out | memory a phone | 200 NOTIFYs/s: heard p50, p99 | answered p99 | lost |\n|---|---:|---:|---:|---:|---:|---:|");
        foreach (var protocol in new[] { SipProtocol.Udp, SipProtocol.Tcp })
            foreach (var dead in new[] { false, true })
                await WatchAsync(output, protocol, dead, stop);
    }

    private static async Task ReadAsync(TextWriter output)
    {
        var one = Encoding.UTF8.GetBytes(
            "NOTIFY sip:monitor@127.0.0.1:39179;transport=udp SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:25060;branch=z9hG4bK7d39.3122bd84000000000000000000000000.0\r\n"
            + "To: <sip:monitor@pbx.test>;tag=05ac8763\r\nFrom: <sip:201@pbx.test>;tag=62a8e38824eb2a320f9d06b0beb8e283-e2c3cf4b\r\nCSeq: 3 NOTIFY\r\nCall-ID: 9e4ce4735d854ad5\r\n"
            + $"Content-Length: {Body.Length}\r\nUser-Agent: kamailio (5.6.3 (x86_64/linux))\r\nMax-Forwards: 70\r\nEvent: dialog\r\nContact: <sip:presence@127.0.0.1:25060>\r\n"
            + $"Subscription-State: active;expires=58\r\nContent-Type: application/dialog-info+xml\r\n\r\n{Body}");
        const int count = 100_000;
        var stream = new byte[one.Length * count];
        for (var number = 0; number < count; number++) one.CopyTo(stream, number * one.Length);
        var figures = new Dictionary<string, List<double>>();
        for (var round = 0; round < 5; round++)
        {
            Measure("counting frames", () => CountFrames(stream));
            Measure("cut into messages", () => Cut(stream, parse: false));
            Measure("cut and parsed", () => Cut(stream, parse: true));
        }

        var limit = Median(figures["counting frames"]);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"\n| SIP, {count:N0} NOTIFYs of {one.Length} bytes | messages/s | × counting frames |\n|---|---:|---:|"));
        foreach (var (name, all) in figures) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {name} | {Median(all):N0} | {Median(all) / limit:0.00} |"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = SipParser.Parse(one, SipLimits.Default, out _);
        await output.WriteLineAsync($"allocated a message beside its own {one.Length} bytes: {GC.GetAllocatedBytesForCurrentThread() - before} bytes");

        void Measure(string name, Func<int> work)
        {
            var began = Stopwatch.GetTimestamp();
            var found = work();
            if (found != count) throw new InvalidOperationException($"{name}: {found} of {count}.");
            if (!figures.TryGetValue(name, out var all)) figures[name] = all = [];
            all.Add(count / Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
    }

    /// <summary>The least that a reader must do: find the end of each header, and step over the body.</summary>
    private static int CountFrames(ReadOnlySpan<byte> stream)
    {
        var found = 0;
        while (!stream.IsEmpty)
        {
            stream = stream[(stream.IndexOf("\r\n\r\n"u8) + 4 + Body.Length)..];
            found++;
        }

        return found;
    }

    private static int Cut(byte[] stream, bool parse)
    {
        var framer = new SipFramer(SipLimits.Default);
        var buffer = new ReadOnlySequence<byte>(stream);
        var found = 0;
        while (framer.TryRead(ref buffer, out var message))
        {
            if (parse && SipParser.Parse(message, SipLimits.Default, out var fault) is null) throw new InvalidOperationException(fault!.Sentence);
            found++;
        }

        return found;
    }

    private static double Median(List<double> all) => all.Order().ElementAt(all.Count / 2);

    private static async Task WatchAsync(TextWriter output, SipProtocol protocol, bool withDead, CancellationToken stop)
    {
        var seconds = int.Parse(Environment.GetEnvironmentVariable("FLOOR_SIP_SOAK") ?? "30", CultureInfo.InvariantCulture);
        await using var notifier = new SipNotifier(protocol);
        await using var hole = new BlackHole();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        List<Task> running = [];
        List<IDisposable> ended = [];
        if (withDead) Run(new("dead", hole.Target, "monitor", "pbx.test", "x"), _ => { }, 100);
        // What earlier rounds left to the finalizers must not be counted as gone in this one.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var heard = new List<double>();
        var standing = new Dictionary<SipWatch, SipWatchStanding>();
        var bad = 0;
        var began = Stopwatch.GetTimestamp();
        var agent = Run(new("main", notifier.Target, "monitor", "pbx.test", "x"), Hear, Phones);
        while (Active() < Phones * 2) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, stop);
        var subscribed = Stopwatch.GetElapsedTime(began);
        var perPhone = (GC.GetTotalMemory(forceFullCollection: true) - memory) / (double)Phones;
        lock (heard) heard.Clear();
        var sent = await notifier.NotifyAsync(NotifiesPerSecond, TimeSpan.FromSeconds(seconds), stop);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stop);
        var active = Active();
        double[] all;
        lock (heard) all = [.. heard.Order()];
        var answers = notifier.Answers.Order().ToArray();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"| {protocol}{(withDead ? ", a black hole beside it" : "")}, {seconds} s, {notifier.Refreshes:N0} refreshes | {subscribed.TotalSeconds:0.0} s | {bad} | {perPhone / 1024:0.0} KB | {At(all, 0.5):0.00}, {At(all, 0.99):0.00} ms | {At(answers, 0.99):0.00} ms | {sent - notifier.Answers.Count} NOTIFYs, {(Phones * 2) - active} watches |"));
        GC.KeepAlive(agent);
        await ending.CancelAsync();
        await Task.WhenAll(running);
        ended.ForEach(one => one.Dispose());

        SipUserAgent Run(SipUserAgentOptions options, Action<SipNotice> hear, int phones)
        {
            var made = new SipUserAgent(options, TimeProvider.System);
            ended.Add(made);
            for (var phone = 0; phone < phones; phone++)
            {
                made.Subscribe(new($"{1000 + phone}", "dialog", "application/dialog-info+xml"), hear);
                made.Subscribe(new($"{1000 + phone}", "presence", "application/pidf+xml"), hear);
            }

            running.Add(made.RunAsync(ending.Token));
            return made;
        }

        void Hear(SipNotice notice)
        {
            var now = Stopwatch.GetTimestamp();
            lock (heard)
            {
                if (notice is SipWatchChanged changed)
                {
                    if (standing.TryGetValue(notice.Watch, out var before) && before == SipWatchStanding.Active && changed.State.Standing != SipWatchStanding.Active && !ending.IsCancellationRequested) bad++;
                    standing[notice.Watch] = changed.State.Standing;
                }
                else if (notice is SipNotify { Body.Length: > 0 } notify && SipNotifier.TryTicks(notify.Body.Span, out var at))
                {
                    heard.Add(Stopwatch.GetElapsedTime(at, now).TotalMilliseconds);
                }
            }
        }

        int Active()
        {
            lock (heard) return standing.Values.Count(one => one == SipWatchStanding.Active);
        }
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];
}
