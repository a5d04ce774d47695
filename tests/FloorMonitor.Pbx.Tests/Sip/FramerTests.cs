using System.Buffers;
using System.Text;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Tests.Ami;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>Cutting a stream into messages.</summary>
public sealed class FramerTests
{
    private const string First = "OPTIONS sip:a SIP/2.0\r\nContent-Length: 5\r\n\r\nhello";
    private const string Second = "SIP/2.0 200 OK\r\nX: Content-Length: 9\r\nl :\r\n  0\r\n\r\n";

    [Fact]
    public void Messages_come_out_whole_wherever_the_stream_is_cut()
    {
        var bytes = Encoding.UTF8.GetBytes($"\r\n\r\n{First}{Second}\r\n{First}");
        for (var cut = 1; cut < bytes.Length; cut++)
            Assert.Equal([First, Second, First], Read(new SipFramer(SipLimits.Default), bytes[..cut], bytes[cut..]));
    }

    [Fact]
    public void Messages_come_out_whole_one_byte_at_a_time() =>
        Assert.Equal([First, Second], Read(new SipFramer(SipLimits.Default), [.. Encoding.UTF8.GetBytes(First + Second).Select(one => new[] { one })]));

    [Theory]
    [InlineData("OPTIONS sip:a SIP/2.0\r\nVia: x\r\n\r\n")]
    [InlineData("OPTIONS sip:a SIP/2.0\r\nContent-Length: 5\r\nl: 6\r\n\r\n")]
    [InlineData("OPTIONS sip:a SIP/2.0\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("OPTIONS sip:a SIP/2.0\r\nContent-Length: 5x\r\n\r\n")]
    [InlineData("OPTIONS sip:a SIP/2.0\r\nContent-Length: 99999999999999\r\n\r\n")]
    [InlineData("OPTIONS sip:a SIP/2.0\r\nContent-Length: 70000\r\n\r\n")]
    [InlineData("OPTIONS sip:a SIP/2.0\r\nContent-Length:\r\n\r\n")]
    public void A_length_that_is_none_ends_the_stream(string text) =>
        Assert.Throws<SipFramingException>(() => Read(new SipFramer(SipLimits.Default), Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_header_without_end_ends_the_stream_at_its_bound()
    {
        var framer = new SipFramer(SipLimits.Default with { MaxHead = 1000 });
        Assert.Empty(Read(framer, new byte[1000].Select(_ => (byte)'x').ToArray()));
        Assert.Throws<SipFramingException>(() => Read(framer, new byte[1001].Select(_ => (byte)'x').ToArray()));
    }

    [Fact]
    public void Keep_alives_alone_are_no_message_and_take_no_room()
    {
        var framer = new SipFramer(SipLimits.Default with { MaxHead = 100 });
        Assert.Empty(Read(framer, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("\r\n", 5000)))));
    }

    private static List<string> Read(SipFramer framer, params byte[][] pieces)
    {
        List<string> found = [];
        ReadOnlySequence<byte> rest = default;
        foreach (var piece in pieces)
        {
            rest = new ReadOnlySequence<byte>([.. rest.ToArray(), .. piece]);

            // Each presentation lies in two segments, so that nothing leans on one.
            var buffer = rest.Length > 1 ? Splits.Sequence([rest.ToArray()[..((int)rest.Length / 2)], rest.ToArray()[((int)rest.Length / 2)..]]) : rest;
            while (framer.TryRead(ref buffer, out var message)) found.Add(Encoding.UTF8.GetString(message));
            rest = new(buffer.ToArray());
        }

        return found;
    }
}
