using System.Text;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Tests.Configuration;

public sealed class RosterFileTests
{
    private const string Floor = ConfigFolder.Least + """
        shifts:
          A: {start: "09:00", end: "18:00"}
          N: {start: "22:00", end: "06:00"}
        """;

    private const string Agents = "id,interface\n1001,P/1001\n1002,P/1002\n";
    private const string Header = "date,agent,shift,seat,status\n";

    [Fact]
    public void Every_row_is_read_with_its_day_shift_seat_and_status()
    {
        using var folder = Folder("""
            # whom to ask: Zhou Haiyan
            date,agent,shift,seat,status
            2026-11-23,1001,A,8001,work
            2026/11/24,1001,N,,加班
            daily,1002,A,,
            Monday,1002,19:00-21:00,,training
            周三,1002,22:00-06:00+1,,swap
            2026-12-25,1002,,,leave
            """);
        var (config, errors) = folder.Load();
        Assert.Empty(errors);
        Assert.Equal(
            [
                new(new(2026, 11, 23), "1001", "A", "8001", RosterStatus.Work),
                new(new(2026, 11, 24), "1001", "N", null, RosterStatus.Overtime),
                new(null, "1002", "A", null, RosterStatus.Work),
                new(null, "1002", "19:00-21:00", null, RosterStatus.Training) { Weekday = DayOfWeek.Monday },
                new(null, "1002", "22:00-06:00+1", null, RosterStatus.Swap) { Weekday = DayOfWeek.Wednesday },
                new(new(2026, 12, 25), "1002", "", null, RosterStatus.Leave),
            ],
            config!.Setup.Roster);
        Assert.Equal(["A", "N", "19:00-21:00", "22:00-06:00+1"], config.Setup.Shifts.Select(shift => shift.Name));
        Assert.True(config.Setup.Shifts[3].PassesMidnight);
        Assert.Empty(config.LeftOut);
    }

    [Theory]
    [InlineData("2026-11-23,1003,A,,", "roster.csv:2: agent: \"1003\" is not in agents.csv; did you mean \"1001\"?")]
    [InlineData("2026-11-23,1001,B,,", "roster.csv:2: shift: \"B\" is not among the shifts of floor.yaml, nor a time such as 19:00-21:00; did you mean \"A\"?")]
    [InlineData("2026-11-23,1001,,,", "roster.csv:2: shift: is required, but for a whole day of leave")]
    [InlineData("2026-13-23,1001,A,,", "roster.csv:2: date: \"2026-13-23\" is not a date such as 2026-11-25, a weekday such as monday, or daily")]
    [InlineData("mondy,1001,A,,", "roster.csv:2: date: \"mondy\" is not a date such as 2026-11-25, a weekday such as monday, or daily; did you mean \"monday\"?")]
    [InlineData("23.11.2026,1001,A,,", "roster.csv:2: date: \"23.11.2026\" is not a date such as 2026-11-25, a weekday such as monday, or daily")]
    [InlineData("2026-11-23,1001,A,,wrok", "roster.csv:2: status: \"wrok\" is not one of work, leave, swap, overtime, training; did you mean \"work\"?")]
    [InlineData("2026-11-23,1001,18:00-09:00,,", "roster.csv:2: shift: the shift ends before it starts; write 18:00-09:00+1 if it ends on the next day")]
    [InlineData("2026-11-23,1001,09:00-18:00+1,,", "roster.csv:2: shift: the shift is longer than a day")]
    [InlineData("2026-11-23,1001,9-18,,", "roster.csv:2: shift: \"9-18\" is not a time such as 19:00-21:00, or 22:00-06:00+1 where it ends on the next day")]
    [InlineData("2026-11-23,1001,A,,\n2026-11-23,1001,A,8001,", "roster.csv:3: 1001 already has this shift on line 2")]
    [InlineData("2026-11-23,1001,A,,\n2026-11-23,1001,09:00-13:00,,leave", "roster.csv:3: shift: leave during A of 1001 on line 2: write the hours that are worked instead, such as 13:00-18:00")]
    [InlineData("2026-11-23,1001,09:00-13:00,,leave\n2026-11-23,1001,A,,", "roster.csv:3: shift: overlaps the leave 09:00-13:00 of 1001 on line 2: write the hours that are worked instead, such as 13:00-18:00")]
    [InlineData("2026-11-23,1001,A,,\n2026-11-23,1001,,,leave", "roster.csv:3: shift: a whole day of leave, but 1001 works A on line 2: keep one of the two")]
    [InlineData("2026-11-23,1001,,,leave\n2026-11-23,1001,A,,", "roster.csv:3: shift: 1001 has the whole day of leave on line 2: keep one of the two")]
    [InlineData("2026-11-23,1001,A,,\n\n2026-11-23,1001,17:00-19:00,,", "roster.csv:4: shift: overlaps A of 1001 on line 2")]
    [InlineData("2026-11-23,1001,A,,,x", "roster.csv:2: has 6 fields, but the first line names 5 columns")]
    [InlineData("2026-11-23,1003,X,,z", "roster.csv:2: agent: \"1003\" is not in agents.csv; did you mean \"1001\"?", "roster.csv:2: status: \"z\" is not one of work, leave, swap, overtime, training", "roster.csv:2: shift: \"X\" is not among the shifts of floor.yaml, nor a time such as 19:00-21:00; did you mean \"A\"?")]
    public void A_wrong_row_is_named_with_its_line_and_refuses_the_file(string rows, params string[] expected)
    {
        using var folder = Folder(Header + rows + "\n");
        Assert.Equal(expected, folder.Errors());
    }

    [Theory]
    [InlineData("day,agent,shift\n", "roster.csv:1: day: unknown column; known here: agent, date, seat, shift, status", "roster.csv:1: the first line must name the columns, separated by commas: date,agent,shift,seat,status")]
    [InlineData("# use-good-row: yes\n" + Header, "roster.csv:1: use-good-row: did you mean \"use-good-rows\"?")]
    [InlineData("# use-good-rows: maybe\n" + Header, "roster.csv:1: use-good-rows: is yes or no")]
    public void A_file_that_cannot_be_understood_is_refused_whatever_it_says(string text, params string[] expected)
    {
        using var folder = Folder(text);
        Assert.Equal(expected, folder.Errors());
    }

    [Theory]
    [InlineData("# use-good-rows: no\n")]
    [InlineData("")]
    public void Good_rows_are_used_only_if_the_file_says_so(string remark)
    {
        const string rows = Header + "2026-11-23,1001,A,,\n2026-11-23,9999,A,,\n2026-11-23,1002,N,,\n";
        using var refused = Folder(remark + rows);
        Assert.Null(refused.Load().Config);
        // A spreadsheet fills the remark up with empty cells.
        using var asked = Folder("# use-good-rows: yes,,,,\n" + rows);
        var config = asked.Load().Config!;
        Assert.Equal(["1001", "1002"], config.Setup.Roster.Select(line => line.Agent));
        Assert.EndsWith("roster.csv:4: agent: \"9999\" is not in agents.csv", Assert.Single(config.LeftOut).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_roster_of_a_chinese_spreadsheet_is_read_and_said_and_broken_bytes_are_named_with_their_line()
    {
        var gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        using var folder = Folder("").Write(RosterFile.Name, gb18030.GetBytes(Header + "每天,1001,A,,培训\n"));
        var config = folder.Load().Config!;
        Assert.Equal(RosterStatus.Training, Assert.Single(config.Setup.Roster).Status);
        Assert.EndsWith("roster.csv is not UTF-8; it was read as GB18030", Assert.Single(config.Remarks), StringComparison.Ordinal);
        using var broken = Folder("").Write(RosterFile.Name, [.. Encoding.UTF8.GetBytes(Header), 0xFF, 0xFF, 0x0A]);
        Assert.Equal(["roster.csv:2: is neither UTF-8 nor GB18030 text; save it as \"CSV UTF-8\""], broken.Errors());
    }

    [Fact]
    public void A_thousand_wrong_rows_are_told_in_a_moment_and_not_all()
    {
        var rows = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"2026-11-23,x{i},A,,\n"));
        using var folder = Folder(Header + rows);
        Assert.Equal(200, folder.Errors().Count);
    }

    [Fact]
    public void A_shift_of_floor_yaml_whose_times_were_swapped_is_named()
    {
        using var folder = new ConfigFolder().Floor(ConfigFolder.Least + "shifts:\n  A: {start: \"18:00\", end: \"14:30\"}");
        Assert.Equal(["floor.yaml:4:23: shifts.A.end: the shift ends before it starts: as one across midnight it would last 20 h 30 min, more than 16 h"], folder.Errors());
    }

    private static ConfigFolder Folder(string roster) => new ConfigFolder().Floor(Floor).Agents(Agents).Write(RosterFile.Name, roster);
}
