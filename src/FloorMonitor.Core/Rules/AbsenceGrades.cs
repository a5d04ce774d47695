namespace FloorMonitor.Core.Rules;

/// <summary>How the handbook weighs time that is missing at the beginning or the end of a shift (A1, A2).</summary>
public enum AbsenceGrade
{
    /// <summary>Minutes: late, or left early.</summary>
    Minutes,

    /// <summary>Half a day of absence.</summary>
    HalfDay,

    /// <summary>A whole day of absence.</summary>
    FullDay,
}

/// <summary>The grades' words, and how much graver each is.</summary>
public static class AbsenceGrades
{
    /// <summary>Each step is one graver than the one before, up to critical.</summary>
    public static Severity SeverityOf(Severity usual, AbsenceGrade grade) =>
        (Severity)Math.Min((int)Severity.Critical, (int)usual + (int)grade);

    /// <summary>What coming late is called.</summary>
    public static Text Late(AbsenceGrade grade) => grade == AbsenceGrade.Minutes ? new("迟到", "late") : Absent(grade);

    /// <summary>What leaving early is called.</summary>
    public static Text Early(AbsenceGrade grade) => grade == AbsenceGrade.Minutes ? new("早退", "early-leave") : Absent(grade);

    private static Text Absent(AbsenceGrade grade) => grade == AbsenceGrade.HalfDay ? new("旷工半天", "absent-half-day") : new("旷工一天", "absent-full-day");
}
