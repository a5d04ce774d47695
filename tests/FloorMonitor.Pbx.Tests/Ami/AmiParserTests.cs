using System.Text;
using FloorMonitor.Pbx.Ami;

namespace FloorMonitor.Pbx.Tests.Ami;

public sealed class AmiParserTests
{
    private const string Banner = "Asterisk Call Manager/11.0.0\r\n";

    private static AmiParser New(AmiLimits? limits = null, AmiEventSet? wanted = null) => new(wanted ?? AmiEventSet.Feed, limits ?? AmiLimits.Default);

    private static AmiProtocolError ErrorOf(string text, AmiLimits? limits = null) =>
        Assert.Throws<AmiProtocolException>(() => Splits.Read(New(limits), text)).Error;

    [Fact]
    public void The_same_messages_come_of_every_split_of_a_payload()
    {
        var payload = Encoding.UTF8.GetBytes(
            Banner
            + "Response: Success\r\nActionID: 1\r\nMessage: a: b\r\n\r\n"
            + "Event: VarSet\r\nValue: x\r\n\r\n"
            + "Event: QueueMemberAdded\r\nQueue: 客服\r\nMemberName: 张敏\r\n\r\n\r\n\r\n"
            + "Event: Hangup\r\nUniqueid: 1.2\r\n\r\nEvent: Hang");
        foreach (var pieces in Splits.Of(payload))
        {
            var parser = New();
            var messages = Splits.Read(parser, pieces);
            Assert.Equal(3, messages.Count);
            Assert.Equal("a: b", messages[0].Get("Message"));
            Assert.Equal("张敏", messages[1].Get("MemberName"));
            Assert.Equal(AmiEventKind.Hangup, messages[2].Event);
            Assert.Equal(1, parser.Filtered);
            Assert.Equal(4, parser.Messages);
            Assert.Equal("Asterisk Call Manager/11.0.0", parser.Banner);
        }
    }

    [Fact]
    public void A_truncated_payload_gives_its_whole_messages_and_nothing_else()
    {
        var whole = Encoding.UTF8.GetBytes(Banner + "Event: Hangup\r\nUniqueid: 1.2\r\n\r\nEvent: Hold\r\nChannel: PJSIP/1001-0001\r\n\r\n");
        var firstEnds = Banner.Length + "Event: Hangup\r\nUniqueid: 1.2\r\n\r\n".Length;
        for (var length = 0; length <= whole.Length; length++)
        {
            var expected = length == whole.Length ? 2 : length >= firstEnds ? 1 : 0;
            Assert.Equal(expected, Splits.Read(New(), whole[..length]).Count);
        }
    }

    [Fact]
    public void An_endless_line_is_given_up_at_the_limit()
    {
        var limits = new AmiLimits(MaxLine: 1000, MaxMessage: 10_000);
        Assert.Equal(AmiProtocolError.LineTooLong, ErrorOf(Banner + "Event: Hangup\r\nX: " + new string('x', 2000), limits));
        Assert.Equal(AmiProtocolError.LineTooLong, ErrorOf(Banner + "Event: VarSet\r\nX: " + new string('x', 2000) + "\r\n\r\n", limits));
        Assert.Equal(AmiProtocolError.NotAmi, ErrorOf(new string('x', 2000), limits));
    }

    [Fact]
    public void An_endless_line_that_trickles_in_is_given_up_at_the_limit()
    {
        var limits = new AmiLimits(MaxLine: 1000, MaxMessage: 10_000);
        var parser = New(limits);
        var pieces = Enumerable.Repeat("xxxxxxxxxx"u8.ToArray(), 200).Prepend(Encoding.ASCII.GetBytes(Banner + "Event: Hangup\r\nX: ")).ToArray();
        Assert.Equal(AmiProtocolError.LineTooLong, Assert.Throws<AmiProtocolException>(() => Splits.Read(parser, pieces)).Error);
    }

    [Fact]
    public void A_message_without_end_is_given_up_at_the_limit()
    {
        var limits = new AmiLimits(MaxLine: 1000, MaxMessage: 10_000);
        var lines = string.Concat(Enumerable.Repeat("Variable: a=b\r\n", 1000));
        Assert.Equal(AmiProtocolError.MessageTooLong, ErrorOf(Banner + "Event: Hangup\r\n" + lines, limits));
        Assert.Equal(AmiProtocolError.MessageTooLong, ErrorOf(Banner + "Event: Hangup\r\n" + lines + "\r\n", limits));
    }

    [Fact]
    public void A_message_of_countless_headers_is_given_up_at_the_limit() =>
        Assert.Equal(
            AmiProtocolError.TooManyHeaders,
            ErrorOf(Banner + "Event: Hangup\r\n" + string.Concat(Enumerable.Repeat("V: a\r\n", 100)) + "\r\n", new AmiLimits(MaxHeaders: 100)));

    [Theory]
    [InlineData("no header at all\r\n\r\n")]
    [InlineData(": nothing\r\n\r\n")]
    [InlineData("\u0001\u0002Event: Hangup\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    public void Garbage_is_a_typed_error(string garbage) => Assert.Equal(AmiProtocolError.Garbage, ErrorOf(Banner + garbage));

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("\r\n")]
    public void Another_service_at_the_port_is_told_from_an_Asterisk(string greeting) => Assert.Equal(AmiProtocolError.NotAmi, ErrorOf(greeting));

    [Fact]
    public void Random_bytes_never_do_more_than_throw_the_typed_error()
    {
        var random = new Random(1);
        for (var round = 0; round < 500; round++)
        {
            var bytes = new byte[random.Next(1, 4000)];
            random.NextBytes(bytes);
            byte[] payload = [.. Encoding.ASCII.GetBytes(Banner), .. bytes, .. "\r\n\r\n"u8];
            try
            {
                Splits.Read(New(), payload);
            }
            catch (AmiProtocolException)
            {
                // The one thing that it may throw.
            }
        }
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_become_harmless_text()
    {
        byte[] payload = [.. Encoding.ASCII.GetBytes(Banner + "Event: QueueMemberAdded\r\nMemberName: "), 0xff, 0xfe, 0xc0, .. "x\r\n\r\n"u8];
        var message = Assert.Single(Splits.Read(New(), payload));
        Assert.Equal("\ufffd\ufffd\ufffdx", message.Get("MemberName"));
    }

    [Fact]
    public void An_event_that_nobody_wants_costs_no_memory()
    {
        var parser = new AmiParser(AmiEventSet.Feed, AmiLimits.Default, expectBanner: false);
        var frame = "Event: VarSet\r\nPrivilege: dialplan,all\r\nChannel: PJSIP/1001-00000001\r\nVariable: A\r\nValue: b\r\n\r\n"u8;
        var bytes = new byte[frame.Length * 1000];
        for (var i = 0; i < 1000; i++) frame.CopyTo(bytes.AsSpan(i * frame.Length));
        var warm = new System.Buffers.ReadOnlySequence<byte>(bytes);
        parser.TryRead(ref warm, out _);
        var buffer = new System.Buffers.ReadOnlySequence<byte>(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(parser.TryRead(ref buffer, out _));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2000, parser.Filtered);
    }

    [Fact]
    public void Unknown_events_are_counted_apart_from_those_that_mean_nothing()
    {
        var parser = New();
        Splits.Read(parser, Banner + "Event: Newexten\r\n\r\nEvent: FloorShow\r\n\r\nEvent: Qu\r\n\r\nEvent: \r\n\r\n");
        Assert.Equal((1, 3), (parser.Filtered, parser.Unknown));
    }
}
