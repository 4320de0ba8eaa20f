<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:m="http://www.loc.gov/MARC21/slim" xmlns:dc="http://purl.org/dc/elements/1.1/" exclude-result-prefixes="m">
  <xsl:template match="m:record">
    <srw_dc:dc xmlns:srw_dc="info:srw/schema/1/dc-schema">
      <dc:title><xsl:value-of select="m:datafield[@tag='245']/m:subfield[@code='a']"/></dc:title>
    </srw_dc:dc>
  </xsl:template>
</xsl:stylesheet>
