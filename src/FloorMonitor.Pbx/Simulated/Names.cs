namespace FloorMonitor.Pbx.Simulated;

/// <summary>Names of people, in the scripts that a floor in China shows side by side.</summary>
internal static class Names
{
    private static readonly string[] Family = ["李", "王", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "欧阳", "朱", "马", "胡"];
    private static readonly string[] Given = ["伟", "芳", "敏", "静", "丽", "强", "磊", "军", "洋", "艳", "勇", "娜", "杰", "涛", "明", "秀英", "建国", "海燕", "志强", "雪梅"];
    private static readonly string[] English = ["Anna Berg", "Tom O'Neil", "Maria Silva", "Ken Adams", "Zoë Martin", "Li Wei", "Sam Carter", "Nina Petrov"];

    /// <summary>The name of the n-th person; always the same, seldom the same as another's.</summary>
    public static string For(int index) => index % 4 == 3
        ? English[index / 4 % English.Length] + (index / 4 < English.Length ? "" : $" {index / 4 / English.Length + 1}")
        : Family[index * 7 % Family.Length] + Given[(index * 11 + index / Family.Length) % Given.Length];
}
