<?xml version="1.0" encoding="UTF-8"?>
<!--
  目录 → 一页网页:每个事项一行,共用的事项(includes)一并列出。
  A catalog as one web page: a row for each matter, with the items that it shares (includes).

    xsltproc schemas/to-html.xsl catalog.xml > catalog.html
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:c="urn:onevisit:service-catalog:1" exclude-result-prefixes="c">
  <xsl:output method="html" encoding="UTF-8" indent="yes" doctype-system="about:legacy-compat"/>

  <!-- 按 id 查找,大文件也快 · Look up by id, which is quick on large documents too -->
  <xsl:key name="matter" match="c:matter" use="@id"/>
  <xsl:key name="department" match="c:departments/c:department" use="@id"/>

  <xsl:template match="/c:serviceCatalog">
    <html lang="zh">
      <head>
        <title>“一件事一次办”事项</title>
      </head>
      <body>
        <table>
          <tr>
            <th>编号</th>
            <th>事项</th>
            <th>牵头部门</th>
            <th>关联事项</th>
            <th>时限</th>
          </tr>
          <xsl:apply-templates select="c:matters/c:matter"/>
        </table>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="c:matter">
    <tr id="{@id}">
      <td><xsl:value-of select="@id"/></td>
      <td><xsl:value-of select="c:name"/></td>
      <td><xsl:apply-templates select="c:lead"/></td>
      <td>
        <ul>
          <!-- 展开导出已含共用的事项 · A flattened export has the shared items in place already -->
          <xsl:if test="not(c:item/@sharedFrom)">
            <xsl:apply-templates select="key('matter', c:includes/@ref)/c:item[@shared = 'true']"/>
          </xsl:if>
          <xsl:apply-templates select="c:item"/>
        </ul>
      </td>
      <td><xsl:value-of select="c:deadline"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="c:item">
    <li>
      <xsl:value-of select="c:name"/>
      <xsl:text>(</xsl:text>
      <xsl:apply-templates select="c:responsible"/>
      <xsl:text>)</xsl:text>
    </li>
  </xsl:template>

  <!-- 简称代替印发的名称;名录中没有的照印 · The short name instead of the printed one, where the register has it -->
  <xsl:template match="c:lead | c:responsible">
    <xsl:variable name="separator">
      <xsl:choose>
        <xsl:when test="@choice = 'any'">/</xsl:when>
        <xsl:otherwise>、</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:for-each select="c:department">
      <xsl:if test="position() &gt; 1"><xsl:value-of select="$separator"/></xsl:if>
      <xsl:variable name="short" select="key('department', @ref)/c:short"/>
      <xsl:choose>
        <xsl:when test="$short"><xsl:value-of select="$short"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
