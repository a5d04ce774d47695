using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Http;

/// <summary>What is said of a request that cannot be taken, in both languages: a person may stand before it as well as a script.</summary>
internal static class Complaints
{
    private const int MaxShown = 200;

    /// <summary>A member or parameter that there is, without help.</summary>
    public static readonly Text NotKnownHere = new("此处不识别", "is not known here");

    /// <summary>A parameter that came twice or empty.</summary>
    public static readonly Text Once = new("须给出且只给出一次", "must be given once");

    /// <summary>A day.</summary>
    public static readonly Text Date = new("须为日期,例如 2026-11-23", "must be a date such as 2026-11-23");

    /// <summary>A list of queues.</summary>
    public static readonly Text QueueNames = new("须为队列名称的列表", "must be a list of queue names");

    /// <summary>Something without which it cannot be done.</summary>
    public static readonly Text Required = new("必须填写", "is required");

    /// <summary>Something without which it cannot be done, and what it is.</summary>
    public static Text RequiredAs(string zh, string en) => new($"必须填写:{zh}", $"is required: {en}");

    /// <summary>Who says so is not named.</summary>
    public static readonly Text WhoSaysSo = RequiredAs("由谁提出", "who says so");

    /// <summary>A text that is empty, too long or holds what cannot be read.</summary>
    public static Text TextOf(int most) => new($"须为 1 至 {most} 个字符的文字", $"must be a text of 1 to {most} characters");

    /// <summary>A number out of its bounds.</summary>
    public static Text NumberOf(int least, int most) => new($"须为 {least} 至 {most} 的整数", $"must be a whole number from {least} to {most}");

    /// <summary>A word that is none of those that there are, and which was probably meant.</summary>
    public static Text NotKnown(string word, IEnumerable<string> known) => Near(word, known, NotKnownHere);

    /// <summary>A word that names nothing of its kind: <c>"sort" is no kind of break; did you mean "short"?</c></summary>
    public static Text IsNo(string word, string zh, string en, IEnumerable<string> known) =>
        Near(word, known, new($"“{Shown(word)}”不是{zh}", $"\"{Shown(word)}\" is no {en}"));

    /// <summary>Something of a name that is not there: <c>There is no shift "X".</c></summary>
    public static Text ThereIsNo(string word, string zh, string en, IEnumerable<string>? known = null) =>
        Near(word, known ?? [], new($"没有名为“{Shown(word)}”的{zh}", $"There is no {en} \"{Shown(word)}\""));

    /// <summary>Nobody of an id.</summary>
    public static Text NoAgent(string id) => new($"没有工号为“{Shown(id)}”的座席", $"No agent has the id \"{Shown(id)}\"");

    /// <summary>No verdict of an id.</summary>
    public static Text NoVerdict(string id) => new($"没有编号为“{Shown(id)}”的判定", $"There is no verdict \"{Shown(id)}\"");

    /// <summary>A status that has nothing of this house to say.</summary>
    public static Text OfStatus(int status) => status switch
    {
        404 => new("此地址没有内容;/openapi/v1.json 列出了全部地址。", "There is nothing at this address; /openapi/v1.json lists what there is."),
        405 => new("此地址不接受这种方法。", "This address does not take this method."),
        413 => new($"正文超过 {CommandBody.MaxLength} 字节。", $"The body is larger than {CommandBody.MaxLength} bytes."),
        415 => new("正文须为 application/json。", "A body must be application/json."),
        503 => new("此功能目前不可用,请稍后再试。", "This is not to be had at the moment; try again in a moment."),
        >= 500 => new("监控服务出错,详情见其日志。", "The monitor made a mistake; its log says more."),
        _ => new("无法接受此请求。", "The request cannot be taken."),
    };

    private static Text Near(string word, IEnumerable<string> known, Text said)
    {
        var hint = NearestKey.Hint(word, known);
        return new(said.Zh + hint.Zh, said.En + hint.En);
    }

    private static string Shown(string word) => word.Length <= MaxShown ? word : word[..MaxShown] + "…";
}
