<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:z="http://indexdata.com/zebra-2.0" xmlns:m="http://www.loc.gov/MARC21/slim">
  <xsl:output method="xml" indent="no" encoding="UTF-8"/>
  <xsl:template match="m:collection"><xsl:apply-templates select="m:record"/></xsl:template>
  <xsl:template match="m:record">
    <z:record type="update" z:id="{m:controlfield[@tag='001']}">
      <z:index name="Local-number:w"><xsl:value-of select="m:controlfield[@tag='001']"/></z:index>
      <xsl:for-each select="m:datafield[@tag='245']">
        <z:index name="Title:w Title:p any:w">
          <xsl:for-each select="m:subfield[@code='a' or @code='b']">
            <xsl:value-of select="."/><xsl:text> </xsl:text>
          </xsl:for-each>
        </z:index>
      </xsl:for-each>
      <xsl:for-each select="m:datafield[@tag='100' or @tag='700']/m:subfield[@code='a']">
        <z:index name="Author:w any:w"><xsl:value-of select="."/></z:index>
      </xsl:for-each>
      <xsl:for-each select="m:datafield[@tag='650']/m:subfield[@code='a']">
        <z:index name="Subject-heading:w any:w"><xsl:value-of select="."/></z:index>
      </xsl:for-each>
      <xsl:for-each select="m:datafield[@tag='260']/m:subfield[@code='b']">
        <z:index name="any:w"><xsl:value-of select="."/></z:index>
      </xsl:for-each>
      <xsl:for-each select="m:datafield[@tag='020']/m:subfield[@code='a']">
        <z:index name="ISBN:w any:w"><xsl:value-of select="translate(., '-', '')"/></z:index>
      </xsl:for-each>
      <xsl:for-each select="m:datafield[@tag='952']/m:subfield[@code='o']">
        <z:index name="LC-call-number:w LC-call-number:p"><xsl:value-of select="."/></z:index>
      </xsl:for-each>
      <xsl:for-each select="m:datafield[@tag='952']/m:subfield[@code='p']">
        <z:index name="Barcode:w any:w"><xsl:value-of select="."/></z:index>
      </xsl:for-each>
      <xsl:for-each select="m:datafield[@tag='952']/m:subfield[@code='a']">
        <z:index name="Branch:w"><xsl:value-of select="."/></z:index>
      </xsl:for-each>
      <xsl:for-each select="m:datafield[@tag='952']/m:subfield[@code='d']">
        <xsl:sort order="descending"/>
        <xsl:if test="position() = 1">
          <z:index name="Date-acquired:s"><xsl:value-of select="."/></z:index>
        </xsl:if>
      </xsl:for-each>
      <xsl:variable name="fixed" select="m:controlfield[@tag='008']"/>
      <z:index name="Code-language:w"><xsl:value-of select="substring($fixed, 36, 3)"/></z:index>
      <z:index name="Date-of-publication:n Date-of-publication:s">
        <xsl:value-of select="translate(substring($fixed, 8, 4), ' u', '')"/>
      </z:index>
    </z:record>
  </xsl:template>
</xsl:stylesheet>
