using System.Globalization;
using System.Text;
using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Sip;
using FloorMonitor.Pbx.Sip.Watch;
using Microsoft.Extensions.Time.Testing;
using static FloorMonitor.Pbx.Tests.Sip.Watch.Capture;

namespace FloorMonitor.Pbx.Tests.Sip.Watch;

/// <summary>
/// Spoilt documents, thrown at what reads them: alone at the picture of a phone, and through a running watch at the whole feed. As
/// many as <see cref="FuzzTests.Cases"/>; a failure names its seed, which repeats it.
/// </summary>
public sealed class DocumentFuzzTests
{
    private const int Batch = 500;
    private static readonly PhonePackage[] Packages = [PhonePackage.Dialog, PhonePackage.Presence, PhonePackage.Reg];

    [Fact]
    public void Whatever_document_comes_the_picture_stays_one_that_can_be_shown_and_the_next_sound_one_counts()
    {
        int sound = 0, refused = 0, gaps = 0;
        var shown = new HashSet<PhoneState>();
        for (var seed = 0; seed * Batch < FuzzTests.Cases; seed++)
        {
            var mutator = new DocumentMutator(seed);
            var picture = new PhonePicture();
            for (var number = 0; number < Batch; number++)
            {
                var package = Packages[number % Packages.Length];
                var body = mutator.Next(package);
                PictureChange change = default;
                SeenPhone? seen = null;
                var failure = Record.Exception(() =>
                {
                    change = picture.Take(package, body, number / 50);
                    seen = picture.See();
                });
                Assert.True(failure is null && CanBeShown(seen!), $"seed {seed}, case {number}, {package}: {failure} {seen}\n{Encoding.UTF8.GetString(body)}");
                shown.Add(seen!.Phone);
                sound += change.IsSound ? 1 : 0;
                refused += change.IsSound ? 0 : 1;
                gaps += change.AskAgain ? 1 : 0;
            }

            Assert.Equal(PhoneState.InUse, picture.Hears(PhonePackage.Dialog, Body("notify-dialog-04"), Batch).See().Phone);
        }

        // All ways were gone, and often: what is refused at the first byte tests nothing behind it.
        Assert.InRange(sound, FuzzTests.Cases / 4, int.MaxValue);
        Assert.InRange(refused, FuzzTests.Cases / 10, int.MaxValue);
        Assert.InRange(gaps, FuzzTests.Cases / 100, int.MaxValue);
        Assert.Equal(Enum.GetValues<PhoneState>().Order(), shown.Order());
    }

    [Fact]
    public async Task Whatever_document_a_running_watch_brings_it_is_answered_200_and_the_feed_goes_on()
    {
        var clock = new FakeTimeProvider();
        var layer = new ScriptedLayer();
        using var stop = new CancellationTokenSource();
        var agent = new SipUserAgent(AgentUnderTest.Options with { GoodbyeWithin = TimeSpan.Zero }, clock, null, (_, _) => layer, () => 0);
        using var feed = new SipFeed(new("phones", "pbx.test") { Packages = [.. Packages] }, agent, [new("wang", "王芳", null, "1001")], FloorState.Empty, clock);
        FeedMessage? last = null;
        var told = 0;
        using var listening = feed.Messages.Subscribe(message =>
        {
            last = message;
            told++;
        });
        var running = feed.RunAsync(stop.Token);
        var watches = new Dictionary<string, ScriptedLayer.Asked>();
        foreach (var _ in Packages)
        {
            var asked = await layer.NextAsync();
            asked.Answer("200 OK\nExpires: 300");
            watches[asked["Event"]] = asked;
        }

        var sequence = 0;
        int Notify(PhonePackage package, byte[] body)
        {
            var notify = ScriptedLayer.NotifyOf(watches[package.ToString().ToLowerInvariant()], "active;expires=300", ++sequence, body);
            return layer.Handler!(notify, FakeTransport.Peer).Status;
        }

        foreach (var package in Packages) Assert.Equal(200, Notify(package, DocumentMutator.Sound(package)[0]));
        Assert.IsType<FeedSynced>(last!.Events[0]);
        told = 0;
        for (var seed = 0; seed * Batch < FuzzTests.Cases; seed++)
        {
            var mutator = new DocumentMutator(1_000_000 + seed);
            for (var number = 0; number < Batch; number++)
            {
                var package = Packages[number % Packages.Length];
                var body = mutator.Next(package);
                var status = 0;
                var failure = Record.Exception(() => status = Notify(package, body));
                Assert.True(failure is null && status == 200, $"seed {seed}, case {number}, {package}: {status} {failure}\n{Encoding.UTF8.GetString(body)}");
                Assert.True(last.Events.Count <= 8, $"seed {seed}, case {number}, {package}: {last.Events.Count.ToString(CultureInfo.InvariantCulture)} events of one document");
            }
        }

        Assert.InRange(told, FuzzTests.Cases / 10, int.MaxValue);
        foreach (var (package, name) in new[] { (PhonePackage.Reg, "notify-reg-02"), (PhonePackage.Dialog, "notify-dialog-01"), (PhonePackage.Dialog, "notify-dialog-04") })
            Assert.Equal(200, Notify(package, Body(name)));
        Assert.Equal(PhoneState.InUse, last.Events.AsSpan().ToArray().OfType<PhoneSeen>().Single().Phone.Phone);
        Assert.True(agent.Link.Up);
        Assert.Equal(3, agent.Dialogs);
        await stop.CancelAsync();
        await running;
    }

    private static bool CanBeShown(SeenPhone seen) =>
        Enum.IsDefined(seen.Phone) && (seen.Phone == PhoneState.Unknown) == (seen.Lost is not null) && seen.Party is not { Length: > 64 } && seen.Party?.Any(char.IsControl) != true;
}
