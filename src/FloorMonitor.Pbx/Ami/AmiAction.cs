using System.Text;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Pbx.Ami;

/// <summary>An action to be sent: its headers in order. Values that would begin a header of their own are refused, not escaped: AMI has no escape.</summary>
public sealed class AmiAction
{
    /// <summary>Asterisk reads a line into a buffer of 1025 bytes and cuts what is longer.</summary>
    public const int MaxLine = 1000;

    private readonly StringBuilder text = new();

    /// <summary>Begins an action.</summary>
    public AmiAction(string name)
    {
        Name = name;
        With("Action", name);
    }

    /// <summary>The action's name, fit for logs.</summary>
    public string Name { get; }

    /// <summary>What is wrong with a value; null when nothing is.</summary>
    public static Text? Objection(string header, string value)
    {
        foreach (var c in value)
            if (char.IsControl(c) || c is '\u2028' or '\u2029') return new($"{header} 含有控制字符", $"{header} holds a control character.");
        if (Encoding.UTF8.GetByteCount(value) + header.Length > MaxLine) return new($"{header} 超过交换机可读的长度", $"{header} is longer than the switch reads.");
        return null;
    }

    /// <summary>Adds a header.</summary>
    /// <exception cref="ArgumentException">The value cannot be sent; the message never repeats it.</exception>
    public AmiAction With(string header, string value)
    {
        if (Objection(header, value) is { } objection) throw new ArgumentException(objection.En, nameof(value));
        text.Append(header).Append(": ").Append(value).Append("\r\n");
        return this;
    }

    /// <summary>The bytes to send.</summary>
    internal byte[] Encode(string actionId) => Encoding.UTF8.GetBytes($"{text}ActionID: {actionId}\r\n\r\n");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
