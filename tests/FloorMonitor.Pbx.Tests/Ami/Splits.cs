using System.Buffers;
using System.Text;
using FloorMonitor.Pbx.Ami;

namespace FloorMonitor.Pbx.Tests.Ami;

/// <summary>Every way in which a network may cut a payload: the parser must read the same of each.</summary>
internal static class Splits
{
    /// <summary>What a parser makes of the bytes when they arrive in these pieces, each presented as a segment of its own.</summary>
    public static List<AmiMessage> Read(AmiParser parser, params ReadOnlySpan<byte[]> pieces)
    {
        var messages = new List<AmiMessage>();
        var unread = new List<byte[]>();
        foreach (var piece in pieces)
        {
            unread.Add(piece);
            var buffer = Sequence(unread);
            while (parser.TryRead(ref buffer, out var message)) messages.Add(message);
            unread.Clear();
            foreach (var segment in buffer) if (!segment.IsEmpty) unread.Add(segment.ToArray());
        }

        return messages;
    }

    /// <summary>What a parser makes of text that arrives at once.</summary>
    public static List<AmiMessage> Read(AmiParser parser, string text) => Read(parser, Encoding.UTF8.GetBytes(text));

    /// <summary>The payload whole, in every two pieces, and a byte a piece.</summary>
    public static IEnumerable<byte[][]> Of(byte[] payload)
    {
        yield return [payload];
        for (var at = 1; at < payload.Length; at++) yield return [payload[..at], payload[at..]];
        yield return [.. payload.Select(b => new[] { b })];
    }

    /// <summary>Segments, one after another.</summary>
    public static ReadOnlySequence<byte> Sequence(IReadOnlyList<byte[]> pieces)
    {
        if (pieces.Count == 0) return ReadOnlySequence<byte>.Empty;
        var first = new Segment(pieces[0]);
        var last = first;
        foreach (var piece in pieces.Skip(1)) last = last.Append(piece);
        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
