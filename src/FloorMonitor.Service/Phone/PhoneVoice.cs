using FloorMonitor.Pbx.Agi;

namespace FloorMonitor.Service.Phone;

/// <summary>
/// What is said on the phone: prompts <c>{folder}/{language}/{name}</c> where the switch has them, and numbers by the switch's own voice.
/// A prompt that is not there is passed over; the numbers are said all the same, so that a bare switch still tells how long to wait.
/// </summary>
internal sealed class PhoneVoice(AgiSession session, string folder, string language)
{
    private const int MaxDigits = 12;
    private const string Digits = "0123456789#";
    private static readonly TimeSpan FirstDigitWithin = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan NextDigitWithin = TimeSpan.FromSeconds(4);

    private bool speaks;

    /// <summary>Plays a prompt; whether there was one.</summary>
    public async Task<bool> SayAsync(string name)
    {
        if (!await CanSpeakAsync()) return false;
        return !(await session.PlayAsync($"{folder}/{language}/{name}")).IsMissingFile;
    }

    /// <summary>Says how long it still takes: hours, minutes and seconds, without those that are nothing.</summary>
    public async Task SayLeftAsync(TimeSpan left)
    {
        var seconds = (long)Math.Ceiling(Math.Max(0, left.TotalSeconds));
        await SayAsync("time-left");
        foreach (var (count, unit) in new[] { (seconds / 3600, "hours"), (seconds / 60 % 60, "minutes"), (seconds % 60, "seconds") })
        {
            if (count == 0 || !await CanSpeakAsync()) continue;
            await session.SayNumberAsync((int)Math.Min(count, 999));
            await SayAsync(unit);
        }
    }

    /// <summary>Asks for digits, ended by # or by silence; empty where none came.</summary>
    public async Task<string> AskAsync(string prompt)
    {
        if (!await CanSpeakAsync()) return "";
        var asked = await session.PlayAsync($"{folder}/{language}/{prompt}", Digits);
        // Without the prompt a tone says that something is waited for.
        if (asked.IsMissingFile) asked = await session.PlayAsync("beep", Digits);
        var typed = new List<char>();
        var digit = asked.Digit;
        while (digit != '#' && typed.Count < MaxDigits && !session.HasHungUp)
        {
            if (digit is { } pressed) typed.Add(pressed);
            digit = (await session.WaitForDigitAsync(typed.Count == 0 ? FirstDigitWithin : NextDigitWithin)).Digit;
            if (digit is null) break;
        }

        return new string([.. typed]);
    }

    // The switch's own voice for numbers follows the channel's language.
    private async Task<bool> CanSpeakAsync()
    {
        if (session.HasHungUp) return false;
        if (!speaks && session.Request.Language != language) await session.SetVariableAsync("CHANNEL(language)", language);
        speaks = true;
        return !session.HasHungUp;
    }
}
