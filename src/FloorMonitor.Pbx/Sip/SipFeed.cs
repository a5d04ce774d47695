using System.Reactive.Subjects;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Pbx.Sip.Watch;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FloorMonitor.Pbx.Sip;

/// <summary>
/// A PBX that speaks standard SIP, seen through its phones (RFC 6665): alone as a floor without queues, or beside a switch that has
/// them. The user agent below keeps the link and the subscriptions; here a round of first answers becomes a snapshot, what follows
/// becomes events, and what the gate grants is carried out in the monitor itself, because there is no switch to tell.
/// </summary>
public sealed class SipFeed : IPbxFeed, IPbxControl, IDisposable
{
    private readonly SipFeedOptions options;
    private readonly ISipUserAgent agent;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly PhoneTranslator translator;
    private readonly List<WatchedPhone> phones;
    private readonly Dictionary<string, WatchedPhone> byAgent;
    private readonly Subject<FeedMessage> messages = new();
    private readonly Lock gate = new();
    private readonly HashSet<string> logged = new(StringComparer.Ordinal);
    private SipRound? round;
    private bool synced;
    private long epoch = -1;
    private string? lostReason;
    private string? resyncReason;

    /// <summary>A feed that watches nothing yet.</summary>
    /// <param name="options">What to watch.</param>
    /// <param name="agent">The account at the PBX; it is run by this feed.</param>
    /// <param name="agents">The agents of agents.csv.</param>
    /// <param name="known">The floor as it was known last: what this feed's PBX does not keep, the floor does.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where it says what the desk need not know.</param>
    public SipFeed(SipFeedOptions options, ISipUserAgent agent, ValueArray<AgentSetup> agents, FloorState known, TimeProvider time, ILogger<SipFeed>? log = null)
    {
        this.options = options;
        this.agent = agent;
        this.time = time;
        this.log = log ?? NullLogger<SipFeed>.Instance;
        var addresses = PhoneAddress.Of(agents, options.Domain, options.Teams);
        translator = new(options.Role, addresses, SeatBook.From(known, options.Name));
        phones = [.. addresses.Select(phone => new WatchedPhone(phone))];
        byAgent = phones.ToDictionary(phone => phone.Address.Agent, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public string Name => options.Name;

    /// <inheritdoc/>
    public IObservable<FeedMessage> Messages => messages;

    /// <summary>The account, by which short texts can be sent to phones.</summary>
    public ISipUserAgent Account => agent;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stop)
    {
        Say(new FeedConnecting(time.GetUtcNow(), Name), $"connecting to {agent.Name}, {phones.Count} phones");
        using var link = agent.LinkChanges.Subscribe(Changed);
        foreach (var phone in phones)
        {
            foreach (var package in options.Packages)
            {
                phone.Gaps.Add(new());
                phone.Subscriptions.Add(agent.Subscribe(WatchOf(phone.Address, package), notice => Heard(phone, package, notice)));
            }
        }

        try
        {
            await Task.WhenAll(agent.RunAsync(stop), LookAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked for: that is how a feed ends.
        }
        finally
        {
            foreach (var subscription in phones.SelectMany(phone => phone.Subscriptions)) subscription.Dispose();
        }
    }

    /// <summary>
    /// Tells everything anew. The pictures of the phones are whole whatever the floor made of them, so the PBX is not asked again:
    /// it is the floor that could not keep up.
    /// </summary>
    public void Resync(string reason)
    {
        lock (gate) resyncReason = reason;
    }

    /// <inheritdoc/>
    public ValueTask<ControlResult> ExecuteAsync(PbxAction action, CancellationToken stop)
    {
        lock (gate)
        {
            if (!synced) return ValueTask.FromResult(new ControlResult(false, $"There is no link to {Name} now."));
            var now = time.GetUtcNow();
            var (events, objection) = translator.Do(action, now);
            if (objection is not null) return ValueTask.FromResult(new ControlResult(false, objection));
            if (events.Count > 0) Emit(new FeedMessage(Name, now, $"kept by the monitor: {action}", ValueArray.From(events)));
            return ValueTask.FromResult(new ControlResult(true, ""));
        }
    }

    /// <summary>Ends the stream of messages. The feed must have been stopped before.</summary>
    public void Dispose()
    {
        messages.OnCompleted();
        messages.Dispose();
        (agent as IDisposable)?.Dispose();
    }

    private SipWatch WatchOf(PhoneAddress phone, PhonePackage package) => package switch
    {
        PhonePackage.Dialog => new(phone.Address, "dialog", Packages.DialogInfo.ContentType) { Expires = options.Expires },
        PhonePackage.Reg => new(phone.Address, "reg", Packages.RegInfo.ContentType) { Expires = options.Expires },
        _ => new(phone.Address, "presence", Packages.PresenceInfo.ContentType) { Expires = options.Expires },
    };

    // The link came up (again): a new round. It went: what was seen is the past.
    private void Changed(SipLinkState link)
    {
        lock (gate)
        {
            if (link.Up && link.Epoch != epoch)
            {
                if (synced) Lose("The PBX was away for a moment.", link.Since);
                lostReason = null;
                epoch = link.Epoch;
                foreach (var phone in phones)
                {
                    phone.Picture.Forget();
                    foreach (var gap in phone.Gaps) gap.Close();
                }

                Say(new FeedConnecting(time.GetUtcNow(), Name), $"{agent.Name} answers; asking for {phones.Count} phones");
                round = new SipRound(epoch, phones.Count * options.Packages.Count, time.GetUtcNow() + options.RoundWithin);
                Complete();
            }
            else if (!link.Up && link.Reason is { } reason && (synced || round is not null || reason != lostReason))
            {
                Lose(reason, link.Since);
            }
        }
    }

    private void Lose(string reason, DateTimeOffset at)
    {
        round = null;
        epoch = -1;
        synced = false;
        lostReason = reason;
        Say(new FeedLost(at, Name, reason), reason);
    }

    private void Heard(WatchedPhone phone, PhonePackage package, SipNotice notice)
    {
        lock (gate)
        {
            var raw = Take(phone, package, notice);
            if (synced)
            {
                Tell(phone, raw, notice.At);
                return;
            }

            if (round is null || notice.Epoch != epoch || !round.Note(phone, package, notice, raw)) return;
            Complete();
        }
    }

    private string Take(WatchedPhone phone, PhonePackage package, SipNotice notice)
    {
        var index = options.Packages.FindIndex(package, static (one, asked) => one == asked);
        switch (notice)
        {
            case SipNotify notify:
                var change = phone.Picture.Take(package, notify.Body, notify.Dialog);
                if (!change.IsSound) LogOnce($"{package} {change.Trouble}", $"a document of package {package} cannot be read: {change.Trouble}");
                else if (!change.AskAgain) phone.Gaps[index].Close();
                else Ask(phone, index, notice.At);
                return notify.Raw;
            case SipWatchChanged { State: { Standing: SipWatchStanding.Refused or SipWatchStanding.Waiting or SipWatchStanding.Ended } state }:
                phone.Picture.Lose(package, state.Reason ?? state.Standing.ToString());
                phone.Gaps[index].Close();
                LogOnce($"{package} {state.Reason}", $"a phone's {package} cannot be watched: {state.Reason}");
                return $"{phone.Address.Address} {package}: {state.Standing} {state.Reason}";
            default:
                return "";
        }
    }

    private static void Ask(WatchedPhone phone, int index, DateTimeOffset now)
    {
        phone.Gaps[index].Open(now);
        if (phone.Gaps[index].IsToAsk(now)) phone.Subscriptions[index].Refresh();
    }

    // All have answered, or it takes too long: what is known now is the snapshot, and who was not heard is out of sight.
    private void Complete()
    {
        if (round is not { IsComplete: true } done) return;
        round = null;
        Snapshot(done.Raw);
    }

    private void Snapshot(string raw)
    {
        var now = time.GetUtcNow();
        var (snapshot, after) = translator.Snapshot(one => byAgent[one].Picture, now);
        synced = true;
        Emit(new FeedMessage(Name, now, raw, [new FeedSynced(now, Name, snapshot), .. after]));
    }

    private async Task LookAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(options.LookEvery, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            lock (gate) Look(time.GetUtcNow());
        }
    }

    private void Look(DateTimeOffset now)
    {
        if (round is { } running && now >= running.Until)
        {
            running.GiveUp();
            Complete();
        }

        foreach (var phone in phones) LookAtGaps(phone, now);
        if (!synced) return;
        if (resyncReason is { } reason)
        {
            resyncReason = null;
            Say(new FeedLost(now, Name, $"The floor asked to read the phones anew: {reason}."), reason);
            Say(new FeedConnecting(now, Name), "telling everything anew");
            Snapshot($"the phones as they are known; told anew because: {reason}");
        }

        foreach (var passed in translator.Pass(now)) Emit(new FeedMessage(Name, now, $"its phone has been gone for {options.SignOutAfter}", [passed]));
    }

    // What was known before a gap is shown while the whole is being asked for, and not for longer.
    private void LookAtGaps(WatchedPhone phone, DateTimeOffset now)
    {
        for (var index = 0; index < phone.Gaps.Count; index++)
        {
            if (phone.Gaps[index].IsToAsk(now)) phone.Subscriptions[index].Refresh();
            if (!phone.Gaps[index].IsLost(now)) continue;
            phone.Picture.Lose(options.Packages[index], "the PBX sends parts and never the whole");
            if (synced) Tell(phone, $"{phone.Address.Address}: a part of {options.Packages[index]} is missing, and the whole did not come within {GapCare.Least}", now);
        }
    }

    private void Tell(WatchedPhone phone, string raw, DateTimeOffset at)
    {
        var events = translator.Translate(phone.Address.Agent, phone.Picture, at);
        if (events.Count > 0) Emit(new FeedMessage(Name, at, raw, ValueArray.From(events)));
    }

    private void LogOnce(string kind, string what)
    {
        // Said once for a kind: a thousand phones of one PBX have the same trouble.
        if (logged.Count < 64 && logged.Add(kind)) log.LogWarning("{Feed}: {What} (said once for this kind)", Name, what);
    }

    private void Say(FloorEvent @event, string raw) => Emit(new FeedMessage(Name, @event.At, raw, [@event]));

    private void Emit(FeedMessage message) => messages.OnNext(message);
}
