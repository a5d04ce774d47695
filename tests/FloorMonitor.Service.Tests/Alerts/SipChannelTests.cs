using System.Reactive.Linq;
using FloorMonitor.Core.Alerts;
using FloorMonitor.Pbx.Sip;
using FloorMonitor.Service.Alerts;
using FloorMonitor.Service.Alerts.Channels;

namespace FloorMonitor.Service.Tests.Alerts;

public sealed class SipChannelTests
{
    private static readonly OutgoingAlert Alert = Outgoing.Alert(Outgoing.Message(channel: "sip", to: "8001"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SipDeliveryOutcome.Delivered, "200 OK", nameof(Delivered))]
    [InlineData(SipDeliveryOutcome.Accepted, "202 Accepted", nameof(Delivered))]
    [InlineData(SipDeliveryOutcome.Unanswered, "no answer", nameof(FailedForNow))]
    [InlineData(SipDeliveryOutcome.NoLink, "not registered", nameof(FailedForNow))]
    [InlineData(SipDeliveryOutcome.Refused, "480 Temporarily Unavailable", nameof(FailedForNow))]
    [InlineData(SipDeliveryOutcome.Refused, "486 Busy Here", nameof(FailedForNow))]
    [InlineData(SipDeliveryOutcome.Refused, "503 Service Unavailable", nameof(FailedForNow))]
    [InlineData(SipDeliveryOutcome.Refused, "404 Not Found", nameof(Refused))]
    [InlineData(SipDeliveryOutcome.Refused, "603 Decline", nameof(Refused))]
    [InlineData(SipDeliveryOutcome.Refused, "", nameof(Refused))]
    public async Task What_a_phone_says_decides_whether_it_is_tried_again(SipDeliveryOutcome outcome, string answer, string delivery)
    {
        var agent = new FakeAgent(new(outcome, answer, TimeSpan.FromMilliseconds(3)));
        Assert.Equal(delivery, (await new SipChannel(() => agent).SendAsync(Alert, Stop)).GetType().Name);
        // A display holds a line or two: the title is all there is.
        Assert.Equal([("8001", "【警告】客服一班 共 2 项:张伟:迟到 等")], agent.Sent);
    }

    [Fact]
    public async Task Every_try_of_a_message_has_its_own_id_and_what_is_too_long_says_where_the_rest_is()
    {
        var agent = new FakeAgent(new(SipDeliveryOutcome.Delivered, "200 OK", TimeSpan.Zero));
        var channel = new SipChannel(() => agent);
        var words = Outgoing.Message("message:m7:1@1001", "sip", to: "1001") with { News = AlertNews.Message, Title = "lead: " + string.Concat(Enumerable.Repeat("长😀", 200)) };
        await channel.SendAsync(Outgoing.Alert(words), Stop);
        await channel.SendAsync(Outgoing.Alert(words), Stop);
        await channel.SendAsync(Outgoing.Alert(words with { Key = "message:m8:1@1001", News = AlertNews.Opened }), Stop);
        Assert.Equal(agent.Ids[0], agent.Ids[1]);
        Assert.NotEqual(agent.Ids[0], agent.Ids[2]);
        Assert.All(agent.Ids, id => Assert.All(id, letter => Assert.True(char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')));
        Assert.All(agent.Sent, sent => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(sent.Text), 780, 800));
        Assert.EndsWith("…(全文见页面 / the rest is on your page)", agent.Sent[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("…", agent.Sent[2].Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(agent.Sent[0].Text)));
    }

    [Fact]
    public async Task Without_a_pbx_that_speaks_sip_it_waits() =>
        Assert.Equal(new FailedForNow("no PBX is followed by SIP"), await new SipChannel(() => null).SendAsync(Alert, Stop));

    private sealed class FakeAgent(SipDelivery answer) : ISipUserAgent
    {
        public List<(string To, string Text)> Sent { get; } = [];

        public List<string> Ids { get; } = [];

        public string Name => "pbx";

        public SipLinkState Link => throw new NotSupportedException();

        public IObservable<SipLinkState> LinkChanges => Observable.Never<SipLinkState>();

        public ISipSubscription Subscribe(SipWatch watch, Action<SipNotice> heard) => throw new NotSupportedException();

        public int LongestText => 800;

        public Task<SipDelivery> SendMessageAsync(string to, string text, string? id, CancellationToken stop)
        {
            Sent.Add((to, text));
            Ids.Add(id!);
            return Task.FromResult(answer);
        }

        public Task RunAsync(CancellationToken stop) => Task.CompletedTask;

        public void Restart(string reason)
        {
        }
    }
}
