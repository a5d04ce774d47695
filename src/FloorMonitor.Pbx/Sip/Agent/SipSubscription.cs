using System.Globalization;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transactions;

namespace FloorMonitor.Pbx.Sip.Agent;

/// <summary>
/// One watch, kept: asks, refreshes before the granted time ends, and begins anew after whatever went wrong. One loop asks; NOTIFYs come
/// in from the network's loops; a lock keeps the two apart, and the notices in order.
/// </summary>
internal sealed partial class SipSubscription : ISipSubscription
{
    // Whatever a PBX grants or asks for with 423, it is asked again at least daily.
    private const int LongestExpires = 86_400;
    private static readonly TimeSpan LingersFor = TimeSpan.FromSeconds(5);
    private readonly SipUserAgentOptions options;
    private readonly SipWatches watches;
    private readonly TimeProvider time;
    private readonly Func<double> random;
    private readonly Action<SipNotice> heard;
    private readonly string target;
    private readonly Alarm alarm;
    private readonly Lock gate = new();
    private SipDialog? dialog;
    private SipWatchState state = new(SipWatchStanding.Asking);
    private (SipWatchState State, long Epoch)? said;
    private DateTimeOffset? due;
    private DateTimeOffset askedAt;
    private DateTimeOffset unheardSince;
    private DateTimeOffset expiresAt;
    private int expires;
    private int failures;
    private int dialogs;
    private long epoch;
    private long takenIn;
    private bool awaitsNotify;
    private bool taken;
    private bool woken;
    private bool ended;
    private bool leaving;

    public SipSubscription(SipWatch watch, string target, SipUserAgentOptions options, SipWatches watches, TimeProvider time, Func<double> random, Action<SipNotice> heard)
    {
        Watch = watch;
        this.target = target;
        this.options = options;
        this.watches = watches;
        this.time = time;
        this.random = random;
        this.heard = heard;
        alarm = new(time);
        expires = (int)Math.Clamp(watch.Expires.TotalSeconds, 1, LongestExpires);
    }

    /// <inheritdoc/>
    public SipWatch Watch { get; }

    /// <inheritdoc/>
    public SipWatchState State
    {
        get
        {
            lock (gate) return state;
        }
    }

    /// <inheritdoc/>
    public void Refresh()
    {
        lock (gate) woken = true;
        alarm.Ring();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            if (ended) return;
            ended = woken = true;
            Say(new(SipWatchStanding.Ended));
        }

        alarm.Ring();
        watches.Ended(this);
    }

    /// <summary>Asks as long as the session lives. Only cancellation and <see cref="Dispose"/> end it.</summary>
    public async Task RunAsync(SipSession session, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                if (IsOver) return;
                var up = await session.UpAsync(stop);
                if (GaveUpOn(up))
                {
                    await SleepAsync(stop);
                    continue;
                }

                bool ending;
                using (await session.Pacer.EnterAsync(stop))
                {
                    ending = IsEnded;
                    await (ending ? LeaveAsync(session, stop) : AskAsync(session, up, stop));
                }

                if (ending) Linger();
                await SleepAsync(stop);
                if (ending) return;
            }
        }
        catch (OperationCanceledException)
        {
            // The agent stops; its goodbye tells the PBX.
        }
        finally
        {
            lock (gate)
                if (ended && dialog is { } over) Drop(over);
        }
    }

    /// <summary>Tells the PBX that it is over, where a dialog is left; what becomes of that does not matter.</summary>
    public Task LeaveAsync(SipSession session, CancellationToken stop)
    {
        SipDialog? left;
        lock (gate)
        {
            leaving = true;
            left = dialog is { RemoteTag: not null } ? dialog : null;
        }

        return left is null ? Task.CompletedTask : session.Account.AskAsync(() => Compose(session.Account, left, 0), stop);
    }

    private async Task AskAsync(SipSession session, long up, CancellationToken stop)
    {
        SipDialog asked;
        lock (gate)
        {
            woken = leaving = false;
            epoch = up;
            var now = time.GetUtcNow();
            if (dialog is { RemoteTag: not null } old && now >= expiresAt) Drop(old);
            asked = dialog ??= NewDialog();
            askedAt = now;

            // Refreshes that were all taken and followed by nothing are one silence, however short the times that are granted.
            if (!(awaitsNotify && taken)) unheardSince = now;
            awaitsNotify = true;
            taken = false;
            if (state.Standing is not (SipWatchStanding.Active or SipWatchStanding.Pending)) Say(new(SipWatchStanding.Asking, state.Reason));
        }

        var outcome = await session.Account.AskAsync(() => Compose(session.Account, asked, expires), stop);
        lock (gate)
        {
            // A NOTIFY may have ended this dialog in the meantime, and has said what comes next.
            if (dialog != asked) return;
            Decide(outcome, asked, session);
        }
    }

    /// <summary>
    /// Taken, and then nothing was heard: whatever the PBX holds, it does not reach us, and what was heard before is the past. The watch
    /// is begun anew, at once the first time and then more and more seldom: every dialog that is left behind lies at the PBX for a while.
    /// </summary>
    private bool GaveUpOn(long up)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (ended || dialog is not { } silent || !awaitsNotify || !taken || now - unheardSince < SipTimers.Patience) return false;
            Drop(silent);
            awaitsNotify = false;

            // While the link was away the silence was the link's, and said as such.
            if (up != epoch) return false;
            Fail("no NOTIFY came", failures == 0 ? now : Backoff(now));
            failures++;
            return true;
        }
    }

    private bool IsEnded
    {
        get
        {
            lock (gate) return ended;
        }
    }

    private bool IsOver
    {
        get
        {
            lock (gate) return ended && dialog is null;
        }
    }

    /// <summary>The last NOTIFY still finds its dialog, for a moment.</summary>
    private void Linger()
    {
        lock (gate)
        {
            woken = false;
            due = time.GetUtcNow() + (dialog is null ? TimeSpan.Zero : LingersFor);
        }
    }

    private async Task SleepAsync(CancellationToken stop)
    {
        using var stopping = stop.UnsafeRegister(static me => ((Alarm)me!).Ring(), alarm);
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            DateTimeOffset? until;
            lock (gate)
            {
                if (woken || (due is { } instant && time.GetUtcNow() >= instant)) return;
                until = due;
            }

            await alarm.WaitAsync(until);
        }
    }

    private SipRequest Compose(SipAccount account, SipDialog within, int seconds)
    {
        lock (gate)
        {
            var to = within.RemoteTag is { } tag ? $"<{target}>;tag={tag}" : $"<{target}>";
            var request = account.Compose("SUBSCRIBE", within.RemoteTarget, to, within.CallId, within.LocalTag, within.NextSequence())
                .With("Contact", account.Contact).With("Event", Watch.Event).With("Accept", Watch.Accept)
                .With("Expires", seconds.ToString(CultureInfo.InvariantCulture));
            foreach (var route in within.Routes) request = request.With("Route", route);
            return request;
        }
    }

    private SipDialog NewDialog()
    {
        var made = new SipDialog(target);
        dialogs++;
        watches.Begin(made.CallId, this);
        return made;
    }

    private void Drop(SipDialog over)
    {
        watches.End(over.CallId);
        if (dialog == over) dialog = null;
    }

    /// <summary>What the answer to our SUBSCRIBE means, and when to ask next.</summary>
    private void Decide(SipOutcome outcome, SipDialog asked, SipSession session)
    {
        var now = time.GetUtcNow();
        if (outcome.Response is null && !session.IsUp)
        {
            // The link is gone; when it is there again, everything is asked for anew.
            due = now;
            Say(new(SipWatchStanding.Waiting, outcome.Said));
            return;
        }

        switch (SubscribeAnswers.Of(outcome.Status, asked.RemoteTag is not null))
        {
            case SubscribeAnswer.Taken:
                asked.Accept(outcome.Response!);
                taken = true;
                takenIn = epoch;
                Lasts(now, outcome.Response!.Seconds(SipHeader.Expires) ?? expires);
                break;
            case SubscribeAnswer.TooShort when outcome.Response!.Seconds(SipHeader.MinExpires) is { } least && least > expires && least <= LongestExpires:
                expires = least;
                due = now;
                break;
            case SubscribeAnswer.Gone:
                // After the PBX was away that is no news; while it was there all the time, it is.
                if (takenIn == epoch) session.SuspectRestart();
                Drop(asked);
                Fail(outcome.Said, failures == 0 ? now : Backoff(now));
                failures++;
                break;
            case SubscribeAnswer.Later:
                // The subscription itself lasts as long as it was granted (RFC 6665 section 4.1.2.2).
                var wait = Later(now, outcome.Response?.Seconds(SipHeader.RetryAfter));
                if (asked.RemoteTag is not null && now < expiresAt && wait < expiresAt)
                {
                    due = wait;
                    break;
                }

                Drop(asked);
                Fail(outcome.Said, wait);
                break;
            default:
                Drop(asked);
                due = now + options.RefusedRetry;
                Say(new(SipWatchStanding.Refused, outcome.Said, due));
                break;
        }
    }

    private void Lasts(DateTimeOffset now, int seconds)
    {
        expiresAt = now.AddSeconds(Math.Min(seconds, LongestExpires));

        // Every SUBSCRIBE is followed by a NOTIFY (RFC 6665 section 4.2.1.2): timer N ends the patience for it.
        due = RefreshAt(now);
        if (awaitsNotify && unheardSince + SipTimers.Patience is var patience && (due > patience || due > expiresAt)) due = patience;
    }

    /// <summary>After six to eight and a half tenths of the time, so that a thousand watches do not return in step.</summary>
    private DateTimeOffset RefreshAt(DateTimeOffset now)
    {
        var wait = (expiresAt - now) * (0.6 + (random() / 4));
        return now + (wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1));
    }

    private void Fail(string reason, DateTimeOffset again)
    {
        due = again;
        Say(new(SipWatchStanding.Waiting, reason, again));
    }

    private DateTimeOffset Later(DateTimeOffset now, int? retryAfter)
    {
        var backoff = Backoff(now);
        failures++;
        return retryAfter is > 0 and <= LongestExpires ? now.AddSeconds(retryAfter.Value) : backoff;
    }

    private DateTimeOffset Backoff(DateTimeOffset now)
    {
        var whole = Math.Min(options.RetryMax.TotalMilliseconds, options.RetryMin.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 20)));
        return now.AddMilliseconds(whole * (0.5 + (random() / 2)));
    }

    private void Say(SipWatchState next)
    {
        state = next;
        if (said == (next, epoch)) return;
        said = (next, epoch);
        heard(new SipWatchChanged(Watch, time.GetUtcNow(), epoch, next));
    }
}
