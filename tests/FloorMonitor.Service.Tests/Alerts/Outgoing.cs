using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Alerts;

namespace FloorMonitor.Service.Tests.Alerts;

/// <summary>Messages of tests.</summary>
internal static class Outgoing
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    public static AlertMessage Message(string key = "late:A:1#1.told@ops:", string channel = "ops", string subject = "late:A", string to = "", string language = "zh") => new()
    {
        Key = key,
        Alert = "late:A:1",
        Subject = subject,
        News = AlertNews.Opened,
        Target = new(channel, to, language, to.Length == 0 ? null : "lead"),
        Rule = "sign-in-on-time",
        Severity = Severity.Warning,
        At = Start,
        Title = "【警告】客服一班 共 2 项:张伟:迟到 等",
        Body = "· 张伟:迟到 [点我](http://evil.example) @所有人\n· 李娜:迟到",
        Verdicts = ["v1", "v2"],
    };

    public static OutgoingAlert Alert(AlertMessage? message = null) => new(message ?? Message(), new Uri("https://floor.example.com/a/token"));
}
